"""The nearest that Data-Juicer has: INPUT OUTPUT; run by the Python of its own environment."""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from pathlib import Path

from data_juicer.config import init_configs
from data_juicer.core import DefaultExecutor

OPERATORS = (
    "fix_unicode_mapper",
    "clean_html_mapper",
    "clean_copyright_mapper",
    "punctuation_normalization_mapper",
    "whitespace_normalization_mapper",
)


def cpu() -> float:
    """Give the processor seconds of this process and of its children that have ended."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(s.ru_utime + s.ru_stime for s in spent)


def main() -> None:
    """Run in this process, and print seconds and processor seconds."""
    source, output = sys.argv[1:3]
    shutil.rmtree(output, ignore_errors=True)
    config = Path(f"{output}.yaml")
    config.write_text(
        f"dataset_path: {source}\nexport_path: {output}/out.parquet\nnp: 1\nuse_cache: false\n"
        "open_tracer: false\nopen_monitor: false\nprocess:\n"
        + "".join(f"  - {name}:\n" for name in OPERATORS),
        encoding="utf8",
    )
    executor = DefaultExecutor(init_configs(["--config", str(config)]))
    began, spent = time.perf_counter(), cpu()
    executor.run()
    said = json.dumps({"seconds": time.perf_counter() - began, "cpu": cpu() - spent})
    print(said, file=sys.__stdout__, flush=True)  # it has put its log in the place of stdout


if __name__ == "__main__":
    main()
