"""Does a score mean what it says? ``python bench/calibration.py GOLD.jsonl [PICTURE.svg]``

Of the events that the coder gives a score of about 0.8, about 80 % should be right (same type, overlapping trigger).
Prints a row a tenth, with the expected calibration error, and draws the curve.
"""

from __future__ import annotations

import sys
from pathlib import Path

from marsad.coder import load
from marsad.score import coded, parse
from marsad.score.match import pair_up, same_event

TENTHS = 10
SIDE, EDGE = 320, 40  # pixels of the picture


def scored(path: Path) -> list[tuple[float, bool]]:
    """Score and rightness of every event that the coder finds in the texts of ``path``."""
    coder = load()
    found = []
    for record in parse(path.read_text(encoding="utf-8").splitlines(), str(path)):
        coding = coder(record.text or "")
        acts = coded(coding, record.id).acts
        pairs = pair_up(record.acts, acts, same_event)
        right = {j for _, j in pairs}
        found += [(event.score, j in right) for j, event in enumerate(coding.events)]
    return found


def bins(found: list[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Mean score, share that is right, and count of each tenth that has events."""
    out = []
    for k in range(TENTHS):
        rows = [(s, r) for s, r in found if min(int(s * TENTHS), TENTHS - 1) == k]
        if rows:
            out.append((sum(s for s, _ in rows) / len(rows), sum(r for _, r in rows) / len(rows), len(rows)))
    return out


def picture(rows: list[tuple[float, float, int]]) -> str:
    """The reliability curve as SVG: scores across, the share that is right upwards, the diagonal dashed."""

    def at(x: float, y: float) -> str:
        return f"{EDGE + x * SIDE:.1f},{EDGE + (1 - y) * SIDE:.1f}"

    points = " ".join(at(x, y) for x, y, _ in rows)
    most = max(n for _, _, n in rows)
    dots = "".join(
        f'<circle cx="{at(x, y).split(",")[0]}" cy="{at(x, y).split(",")[1]}" r="{3 + 6 * (n / most) ** 0.5:.1f}"/>'
        for x, y, n in rows
    )
    ticks = "".join(
        f'<text x="{EDGE + t * SIDE / 5:.0f}" y="{EDGE + SIDE + 16}" text-anchor="middle">{t / 5:.1f}</text>'
        f'<text x="{EDGE - 6}" y="{EDGE + SIDE - t * SIDE / 5 + 4:.0f}" text-anchor="end">{t / 5:.1f}</text>'
        for t in range(6)
    )
    whole = SIDE + 2 * EDGE
    middle = whole / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" '
        f'font-family="sans-serif" font-size="11">'
        f'<rect width="{whole}" height="{whole}" fill="#fff"/><path d="M{at(0, 0)} L{at(1, 1)}" stroke="#999" '
        f'stroke-dasharray="4"/><path d="M{at(0, 1)} L{at(0, 0)} L{at(1, 0)}" fill="none" stroke="#333"/>'
        f'<polyline points="{points}" fill="none" stroke="#0a5c63" stroke-width="2"/>'
        f'<g fill="#0a5c63">{dots}</g>{ticks}'
        f'<text x="{middle}" y="{whole - 6}" text-anchor="middle">score</text>'
        f'<text x="12" y="{middle}" text-anchor="middle" transform="rotate(-90 12 {middle})">share right</text>'
        "</svg>\n"
        "</svg>\n"
    )


def main() -> None:
    """Measure, print, draw."""
    path = Path(sys.argv[1])
    found = scored(path)
    rows = bins(found)
    print(f"{len(found)} events of {path.name}\n score  right  events")
    for score, right, n in rows:
        print(f"{score:6.2f} {right:6.2f} {n:7d}")
    print(f"expected calibration error {sum(abs(s - r) * n for s, r, n in rows) / len(found):.3f}")
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_text(picture(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
