"""A course as JSON and as flat rows: each rung with the sentence that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from marsad.export.cited import Cited
from marsad.export.labels import level
from marsad.export.rows import Column, Row
from marsad.types import Course, Reached, Span, Standing

#: The columns of a rung.
RUNGS: Mapping[str, Column] = {
    "rung": Column("string", "Ladder and level: L3, W-1", "السلّم والدرجة: L3 وW-1"),
    "name": Column("string", "What the level is called", "اسم الدرجة"),
    "ladder": Column("string", "L rapprochement, W warning, R relief", "L التقارب، W التحذير، R التخفيف"),
    "level": Column("integer", "The level", "رقم الدرجة"),
    "effective": Column(
        "integer",
        "The level where an unnamed source or a reading counts for less",
        "الدرجة بعد خفض ما لم يُسمَّ قائله أو كان تأويلًا",
    ),
    "turn": Column("string", "reached, postponed or cancelled", "بُلغت أو أُجّلت أو أُلغيت"),
    "confirmed": Column("boolean", "Whether it counts as having happened", "هل تُعدّ واقعة"),
    "why": Column("string", "The rule that says so", "القاعدة التي تقول ذلك"),
    "day": Column("date", "When", "متى"),
    "day_precision": Column("string", "How exactly that is known", "بأي دقة يُعرف ذلك"),
    "near": Column("string", "Who draws near, or whom the signal is about", "مَن يتقارب، أو مَن تعنيه الإشارة"),
    "counterpart": Column("string", "The side that it draws near to", "الطرف الذي يتقارب معه"),
    "sanctioner": Column("string", "Who signals", "صاحب الإشارة"),
    "party": Column("string", "Id of the body that buys, or is hit", "معرّف الجهة المشترية أو المستهدفة"),
    "speaker": Column("string", "Who says so: the words of the text", "القائل بلفظ النص"),
    "speaker_id": Column("string", "Id of the speaker", "معرّف القائل"),
    "branch": Column("string", "Power of the state that speaks", "السلطة المتكلمة في الدولة"),
    "voice": Column("string", "In whose words", "بلسان مَن"),
    "addressee": Column("string", "named, class or all", "بالاسم أو فئة أو الجميع"),
    "law": Column("string", "Id of the law that is named", "معرّف القانون المذكور"),
    "condition": Column("string", "On what it depends, as the text has it", "الشرط بلفظ النص"),
    "measure": Column("string", "The measure that is named", "الإجراء المذكور"),
    "medium": Column("string", "Where the signal was given", "وسيلة الإشارة"),
    "negated": Column("boolean", "Whether it is a denial", "هل هي نفي"),
    "scope": Column(
        "string", "immediate or any: how far the denial goes", "مدى النفي: immediate للراهن، any على الإطلاق"
    ),
    "past": Column("boolean", "An older act, recalled", "فعل قديم يُستذكر"),
    "items": Column("list", "Weapon systems", "منظومات السلاح"),
    "reports": Column("integer", "How many sentences tell of it", "عدد الجمل التي تخبر بها"),
    "origins": Column("list", "The sources that do so independently", "المصادر المستقلة التي تخبر بها"),
    "occurrence": Column("string", "Id of the act in the world", "معرّف الفعل في الواقع"),
    "event": Column("string", "Id of the event that shows it best", "معرّف الحدث الأوضح دلالة"),
    "article": Column("string", "Id of the article", "معرّف المقال"),
    "url": Column("string", "Address of the article", "رابط المقال"),
    "source": Column("string", "Who published it", "الناشر"),
    "published": Column("date", "Day of publication", "يوم النشر"),
    "sentence": Column("string", "The sentence that it rests on", "الجملة التي تستند إليها"),
    "rule": Column("string", "The rule of ladders.yaml that coded it", "قاعدة ladders.yaml التي رمّزتها"),
}


def rung_row(one: Reached, cited: Mapping[str, Cited], lang: str = "en") -> Row:
    """The row of a rung, with the columns of :data:`RUNGS`; without its article where ``cited`` has none."""
    rung, seen = one.rung, cited.get(one.rung.id)
    text = seen.article.text if seen else ""

    def words(span: Span | None) -> str | None:
        return " ".join(span.of(text).split()) if span and seen else None

    return {
        "rung": rung.name,
        "name": level(rung.ladder, rung.level, lang),
        "ladder": rung.ladder.value,
        "level": rung.level,
        "effective": one.effective,
        "turn": rung.turn.value,
        "confirmed": one.confirmed,
        "why": one.why,
        "day": rung.day,
        "day_precision": rung.precision.value,
        "near": rung.near,
        "counterpart": rung.counterpart,
        "sanctioner": rung.sanctioner,
        "party": rung.party,
        "speaker": words(rung.speaker.span) if rung.speaker else None,
        "speaker_id": rung.speaker.actor if rung.speaker else None,
        "branch": rung.branch.value if rung.branch else None,
        "voice": rung.voice.value,
        "addressee": rung.addressee.value if rung.addressee else None,
        "law": rung.law,
        "condition": words(rung.condition),
        "measure": words(rung.measure),
        "medium": rung.medium.value if rung.medium else None,
        "negated": rung.negated,
        "scope": rung.scope.value if rung.scope else None,
        "past": rung.past,
        "items": list(rung.items),
        "reports": len(one.rungs),
        "origins": list(one.origins),
        "occurrence": one.occurrence,
        "event": rung.event,
        "article": rung.article,
        "url": seen.article.url if seen else None,
        "source": seen.publisher if seen else None,
        "published": seen.article.published if seen else None,
        "sentence": seen.words if seen else None,
        "rule": rung.rule,
    }


def rung_rows(course: Course, cited: Mapping[str, Cited], lang: str = "en") -> Iterator[Row]:
    """One row a rung, the earliest first."""
    for one in course.reached:
        yield rung_row(one, cited, lang)


def rung_record(one: Reached, cited: Mapping[str, Cited], lang: str = "en") -> dict[str, Any]:
    """The object of JSON for a rung: its row, its id, and where in the article it stands."""
    span = one.rung.span
    place = {"start": span.start, "stop": span.stop}
    return {"id": one.id, **rung_row(one, cited, lang), **place, "rungs": list(one.rungs)}


def standing_record(one: Standing, lang: str = "en") -> dict[str, Any]:
    """The object of JSON for where a pair stands on a ladder; rungs by id, with level and day."""

    def brief(reached: Reached | None) -> dict[str, Any] | None:
        if reached is None:
            return None
        rung = reached.rung
        return {"id": reached.id, "rung": rung.name, "name": level(rung.ladder, rung.level, lang), "day": rung.day}

    return {
        "highest": brief(one.highest),
        "unconfirmed": brief(one.unconfirmed),
        "latest": brief(one.latest),
        "since": one.since,
        "days": one.days,
        "first": {str(level): day for level, day in one.first.items()},
    }


def course_record(course: Course, cited: Mapping[str, Cited], lang: str = "en") -> dict[str, Any]:
    """The object of JSON for a course: where the pair stands on each ladder, and every rung."""
    return {
        "near": course.near,
        "counterpart": course.counterpart,
        "sanctioner": course.sanctioner,
        "since": course.since,
        "until": course.until,
        "standing": {ladder.value: standing_record(one, lang) for ladder, one in course.standing.items()},
        "rungs": [rung_record(one, cited, lang) for one in course.reached],
    }
