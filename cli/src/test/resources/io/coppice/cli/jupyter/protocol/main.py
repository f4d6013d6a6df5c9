"""Drives the installed kernel as Jupyter does; prints the errors of its checks, and its figures, as JSON."""
import json
import queue
import sys
import time
import traceback

import language
import strangers
import training
from driver import Kernel

SLACK = 3
SECONDS_TO_START = 3
SECONDS_FOR_THE_FIRST_CELL = 2


def figures(kernel):
    start = time.monotonic()
    kernel.value("dense().name()")
    first = time.monotonic() - start
    assert kernel.seconds_to_start < SLACK * SECONDS_TO_START, kernel.seconds_to_start
    assert first < SLACK * SECONDS_FOR_THE_FIRST_CELL, first
    time.sleep(1)
    with open("/proc/%d/status" % kernel.pid) as lines:
        kib = [int(line.split()[1]) for line in lines if line.startswith("VmRSS")][0]
    return "start %.1f s, first cell %.1f s, idle %d MiB" % (
        kernel.seconds_to_start, first, kib // 1024)


def error_of(check, kernel):
    try:
        check(kernel)
        return ""
    except queue.Empty:
        return "no answer\n" + traceback.format_exc()
    except Exception:
        return traceback.format_exc()


def main():
    kernel = Kernel()
    try:
        measured = figures(kernel)
        errors = {}
        for check in language.CHECKS + strangers.CHECKS + training.CHECKS:
            errors[check.__name__] = error_of(check, kernel)
        json.dump({"figures": measured, "errors": errors}, sys.stdout)
    finally:
        kernel.close()


main()
