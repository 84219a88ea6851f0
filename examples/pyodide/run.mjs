// Reads events in Pyodide under Node, without a network:
//
//     npm install pyodide
//     python -m realtime_models vendor build/openai_models
//     (cd build && python -m zipfile -c ../library.zip openai_models)
//     node run.mjs library.zip ../error.json
import { readFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

import { openLibrary } from "./library.mjs";

const [archive, ...files] = process.argv.slice(2);
const npm = path.resolve("node_modules/pyodide/pyodide.mjs"); // where npm has installed it
const { loadPyodide } = await import(pathToFileURL(npm));
const read = openLibrary(await loadPyodide(), await readFile(archive));
for (const file of files) {
  console.log(read(await readFile(file, "utf8")));
}
