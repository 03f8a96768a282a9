"""`marsad --help`: under 0.3 s of CPU, and none of the heavy libraries imported. Exits 1 and says what is wrong."""

from __future__ import annotations

import resource
import subprocess
import sys

MOST = 0.3  # seconds of CPU, the best of five
HEAVY = {"onnxruntime", "numpy", "yaml", "rich", "msgspec", "ahocorasick_rs"}
PROBE = """
import sys
from marsad.cli import main
try:
    main(['--help'])
except SystemExit:
    print(*sys.modules, file=sys.stderr)
"""


def main() -> int:
    """Measure and compare."""
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "marsad", "--help"], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    probe = subprocess.run([sys.executable, "-c", PROBE], check=True, capture_output=True, text=True)
    heavy = HEAVY & set(probe.stderr.split())
    print(f"marsad --help: {min(times):.2f} s of CPU (at most {MOST}), heavy imports: {sorted(heavy) or 'none'}")
    return int(min(times) > MOST or bool(heavy))


if __name__ == "__main__":
    sys.exit(main())
