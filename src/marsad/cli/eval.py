"""``marsad eval GOLD [PRED]``: how good the coder is on labelled text, or how good some predictions are."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marsad.score import Comparison, Record
    from marsad.score.actors import Shares
    from marsad.settings import Settings
    from marsad.types import Article, Mention


def records(path: Path) -> list[Record]:
    """The records of a file of gold or predictions, ``-`` for standard input."""
    from marsad.errors import GoldError, ReadError
    from marsad.score import parse

    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = data.decode("utf-8")
    except OSError as error:
        raise ReadError(f"cannot be opened ({error.strerror})", where=str(path), do="check the name") from None
    except UnicodeDecodeError:
        raise GoldError("not UTF-8", where=str(path), do="give a UTF-8 file of JSON lines") from None
    return list(parse(text.split("\n"), str(path)))


def predictions(gold: list[Record], settings: Settings) -> Iterator[Record]:
    """What the coder finds in the texts of the gold."""
    from marsad.coder import load
    from marsad.errors import GoldError
    from marsad.score import coded
    from marsad.types import Coding

    articles = list(_articles(gold))
    coder = load(settings)
    for record, coding in zip(gold, coder.pipe(articles), strict=True):
        if not isinstance(coding, Coding):
            raise GoldError(f"text {record.id!r} could not be coded: {coding.message}")
        yield coded(coding, record.id)


def meant(gold: list[Record], settings: Settings) -> Iterator[tuple[Mention, ...]]:
    """Whom the coder takes the mentions of the gold for, text by text."""
    from marsad.coder import load
    from marsad.types import Kind

    coder = load(settings)
    for record, article in zip(gold, _articles(gold), strict=True):
        yield coder.meant(article, [(mention.span, Kind(mention.kind)) for mention in record.mentions])


def _articles(gold: list[Record]) -> Iterator[Article]:
    """The texts of the gold as articles of their day. Raises :class:`GoldError` where one is not there."""
    from marsad.errors import GoldError
    from marsad.identity import article_id
    from marsad.types import Article

    for record in gold:
        if record.text is None:
            raise GoldError(f"text {record.id!r} is not in the gold", do="give predictions as a second file")
        yield Article(
            id=article_id(record.text, source=record.id),
            text=record.text,
            language=record.language,
            given=record.id,
            published=record.published,
        )


def measured(path: Path, settings: Settings | None = None) -> dict[str, float]:
    """Every figure that the coder has on the gold of ``path``, by name: what the gate and the benchmarks ask for.

    With ``country of mention`` and ``sector of mention``: whom the gold's own mentions are taken for.
    """
    from marsad.score import compare, figures
    from marsad.score.actors import shares
    from marsad.settings import Settings

    gold = records(path)
    settings = settings or Settings()
    comparison = compare(gold, predictions(gold, settings))
    found = {name: f.value for name, f in figures(comparison.texts, rounds=0).items() if f.value is not None}
    actors = shares(gold, meant(gold, settings))
    named = {f"{name} of mention": actors.value(name) for name in ("country", "sector")}
    return found | {name: value for name, value in named.items() if value is not None}


def _as_json(comparison: Comparison, rounds: int) -> dict[str, Any]:
    from dataclasses import asdict

    from marsad.score import by_type, figures

    languages = sorted({t.language for t in comparison.texts})
    groups = {"all": comparison.texts}
    if len(languages) > 1:
        groups |= {code: [t for t in comparison.texts if t.language == code] for code in languages}
    return {
        "texts": len(comparison.texts),
        "figures": {name: {k: asdict(f) for k, f in figures(texts, rounds).items()} for name, texts in groups.items()},
        "types": {
            name: dict(zip(("precision", "recall", "f1", "gold"), row, strict=True))
            for name, row in by_type(comparison.texts).items()
        },
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _show(result: dict[str, Any], gold: Path) -> None:
    from rich.table import Table

    from marsad.cli.console import Terminal

    console = Terminal()
    groups = list(result["figures"])
    table = Table(
        title=f"{gold.name}: {result['texts']} {'text' if result['texts'] == 1 else 'texts'}", title_justify="left"
    )
    table.add_column("figure")
    for name in ("gold", "P", "R", "F1 or share", "95 %"):
        table.add_column(name, justify="right")
    for group in groups[1:]:
        table.add_column(group, justify="right")
    for name, f in result["figures"]["all"].items():
        sides = [_number(f[k]) for k in ("precision", "recall")]
        others = [_number(result["figures"][group].get(name, {}).get("value")) for group in groups[1:]]
        between = "–".join(_number(f[k]) for k in ("low", "high")) if f["low"] is not None else ""
        table.add_row(name, str(f["gold"]), *sides, _number(f["value"]) or "—", between, *others)
    console.print(table)
    table = Table(title="by type", title_justify="left")
    for name in ("type", "gold", "P", "R", "F1"):
        table.add_column(name, justify="left" if name == "type" else "right")
    for name, row in result["types"].items():
        table.add_row(name, str(row["gold"]), f"{row['precision']:.3f}", f"{row['recall']:.3f}", f"{row['f1']:.3f}")
    console.print(table)


def _show_errors(comparison: Comparison) -> None:
    last = None
    for difference in comparison.differences:
        if difference.id != last:
            click.echo(f"\n{difference.id}: {difference.text}")
            last = difference.id
        gold, predicted = difference.gold or "—", difference.predicted or "—"
        click.echo(f"  {difference.what:10} gold: {gold} | found: {predicted}")


def _show_actors(result: Shares, gold: Path, errors: bool) -> None:
    from rich.table import Table

    from marsad.cli.console import Terminal

    console = Terminal()
    table = Table(title=f"{gold.name}: whom its mentions mean", title_justify="left")
    for name in ("figure", "gold", "share"):
        table.add_column(name, justify="left" if name == "figure" else "right")
    for name, (right, of) in sorted(result.shares.items()):
        table.add_row(name, str(of), f"{right / of:.3f}")
    console.print(table)
    table = Table(title="country, by evidence", title_justify="left")
    for name in ("why", "mentions", "right"):
        table.add_column(name, justify="left" if name == "why" else "right")
    for why, (right, of) in sorted(result.evidence.items(), key=lambda row: (-row[1][1], row[0])):
        table.add_row(why, str(of), f"{right / of:.3f}")
    console.print(table)
    for wrong in result.wrong if errors else ():
        click.echo(
            f"{wrong.id}: {wrong.what:8} {wrong.words} | gold: {wrong.gold} | found: {wrong.found} ({wrong.why})"
        )


@click.command("eval")
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("pred", type=click.Path(path_type=Path), required=False)
@click.option("--errors", is_flag=True, help="List misses, inventions and wrong parts, sentence by sentence.")
@click.option("--actors", is_flag=True, help="Whom the mentions of GOLD mean: country and sector on its own spans.")
@click.option("--json", "as_json", is_flag=True, help="Figures as one JSON object.")
@click.option(
    "--rounds",
    default=1000,
    show_default=True,
    type=click.IntRange(0),
    help="Resamplings; 0 for none.",
)
@click.option("--processes", type=int, help="Processes that code side by side.")
@click.option("--threads", type=int, help="Threads of one process inside the model.")
def evaluate(
    gold: Path,
    pred: Path | None,
    errors: bool,
    actors: bool,
    as_json: bool,
    rounds: int,
    processes: int | None,
    threads: int | None,
) -> None:
    """Score predictions (or the coder itself) on GOLD.

    GOLD and PRED are JSON lines, in the corpus form or in the line format of `marsad read --json`. Without PRED the
    texts of GOLD are coded now. Each figure comes with a 95 % bootstrap interval over texts.

    \b
    Examples:
      marsad eval gold.jsonl
      marsad read --json gold.jsonl > pred.jsonl && marsad eval gold.jsonl pred.jsonl --errors
      marsad eval gold.jsonl --actors
    """
    import msgspec

    from marsad.cli import sourced
    from marsad.score import compare

    settings = sourced({"processes": processes, "threads": threads}).settings
    wanted = records(gold)
    if actors:
        from marsad.score.actors import shares

        if pred:
            raise click.UsageError("--actors resolves the mentions of GOLD itself: give no PRED")
        found = shares(wanted, meant(wanted, settings))
        if as_json:
            click.echo(msgspec.json.encode({"shares": found.shares, "evidence": found.evidence}).decode())
        else:
            _show_actors(found, gold, errors)
        return
    comparison = compare(wanted, records(pred) if pred else predictions(wanted, settings))
    result = _as_json(comparison, rounds)
    if as_json:
        click.echo(msgspec.json.encode(result).decode())
    else:
        _show(result, gold)
    if errors:
        _show_errors(comparison)
