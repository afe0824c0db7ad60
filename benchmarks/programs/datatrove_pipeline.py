"""The nearest that datatrove has: INPUT OUTPUT; run by the Python of its own environment."""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.formatters import FTFYFormatter, SymbolLinesFormatter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import ParquetWriter


def main() -> None:
    """Run one task in this process, and print seconds and processor seconds."""
    source, output = Path(sys.argv[1]), sys.argv[2]
    shutil.rmtree(output, ignore_errors=True)
    executor = LocalPipelineExecutor(
        pipeline=[
            JsonlReader(str(source.parent), glob_pattern=source.name, compression=None),
            FTFYFormatter(),
            SymbolLinesFormatter(),
            ParquetWriter(f"{output}/data", compression="zstd"),
        ],
        tasks=1,
        workers=1,
        logging_dir=f"{output}/logs",
    )
    began = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    executor.run()
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - began[1].ru_utime - began[1].ru_stime
    print(json.dumps({"seconds": time.perf_counter() - began[0], "cpu": cpu}))


if __name__ == "__main__":
    main()
