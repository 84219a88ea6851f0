// Runs a Python program in Pyodide: node pyodide.mjs PLACE PACKAGES PROGRAM [ARGUMENT…]
// The folders PLACE and PACKAGES are /place and /packages there; the npm package lies in the
// working directory.
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

const [place, packages, ...command] = process.argv.slice(2);
const { loadPyodide } = await import(
  pathToFileURL(path.resolve("node_modules/pyodide/pyodide.mjs"))
);
const pyodide = await loadPyodide({ stdout: console.log, stderr: console.error });
for (const [point, root] of [["/place", place], ["/packages", packages]]) {
  pyodide.FS.mkdir(point);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root }, point);
}
pyodide.globals.set("command", pyodide.toPy(command));
let status = 1;
try {
  status = pyodide.runPython(`
import os, runpy, sys
os.chdir("/place")
sys.argv = list(command)
status = 0
try:
    runpy.run_path(command[0], run_name="__main__")
except SystemExit as stop:
    status = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
status
`);
} catch (error) {
  console.error(String(error.message).slice(-2000));
}
process.exit(status);
