"""Summarise an archive on a Dask cluster, on whose machines nothing is installed.

    python examples/bulk/on_cluster.py archive/*.gz --scheduler tcp://10.0.0.1:8786

The library is pure Python and also runs from a zip file, so the cluster gets it as one: no image to
build, no packages to keep in step. The machines read the parts themselves, from shared storage.
Without ``--scheduler`` a cluster is started here. Needs the package ``distributed``.
"""

from __future__ import annotations

import argparse
import contextlib
import tempfile
import zipfile
from collections.abc import Iterable
from functools import reduce
from pathlib import Path

import summary
from distributed import Client, as_completed
from local_cluster import local_cluster
from summary import Summary, as_text, merge, summarise_part

import realtime_models


def on_cluster(paths: Iterable[str], client: Client) -> Summary:
    """Return the summary of an archive, made by a cluster that has the library."""
    futures = client.map(summarise_part, list(paths), pure=False)
    # In the order in which they are ready: `merge` accepts any order.
    return reduce(merge, (future.result() for future in as_completed(futures)), Summary())


def send_library(client: Client) -> None:
    """Send the cluster the library and our own functions, as one zip file."""
    with tempfile.TemporaryDirectory() as folder:
        client.upload_file(str(library_zip(Path(folder))))


def library_zip(folder: Path) -> Path:
    """Return the library and the module with our functions, zipped."""
    archive = folder / "realtime_models_and_summary.zip"
    package = Path(realtime_models.__file__).parent
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path in sorted(package.rglob("*.py")):
            bundle.write(path, path.relative_to(package.parent))
        bundle.write(summary.__file__, "summary.py")
    return archive


def main() -> None:
    """Print the summary."""
    parser = argparse.ArgumentParser(description="Summarise an archive on a cluster.")
    parser.add_argument("parts", nargs="+", help="gzipped JSON Lines, as the cluster finds them")
    parser.add_argument("--scheduler", help="address of a cluster; by default one is started")
    parser.add_argument("--workers", type=int, default=2, help="of the cluster started here")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        address = options.scheduler or stack.enter_context(local_cluster(options.workers))
        client = stack.enter_context(Client(address))
        send_library(client)
        print(as_text(on_cluster(options.parts, client)))


if __name__ == "__main__":
    main()
