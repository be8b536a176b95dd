"""A moment of a session as the page is told it: JSON values, positions in shares of the picture."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from formcheck.coaching.course import Flow
from formcheck.coaching.own_range import can_have_range
from formcheck.coaching.queue import Line
from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.exercises.safety import cautions
from formcheck.interfaces.dates import day
from formcheck.measuring.measures import REGISTRY
from formcheck.records.events import Status, plain
from formcheck.records.pose import Pose
from formcheck.running.live import View
from formcheck.running.safeguard import Safeguard
from formcheck.words import cautions as load
from formcheck.words import health, screen, terms
from formcheck.words.advice import what_to_do

_BEYOND = 1.35
"""How far past the reach the meter goes, in ways from rest to reach."""

_BACKWARDS = -0.15
_PLACES = 4


def view_values(view: View, *, number: int | None) -> dict[str, Any]:
    """What the page shows of a moment; number: of the frame that it answers."""
    values: dict[str, Any] = plain(
        {
            "type": "view",
            "number": number,
            "fps": view.fps,
            "near": view.near,
            "body": _body(view.pose),
            "seen": view.pose is not None and view.pose.is_seen,
            "judged": _judged(view.status),
            "flow": flow_values(view.flow),
        }
    )
    return values


def line_values(line: Line) -> dict[str, Any]:
    """Something to be said now."""
    return {"kind": line.kind, "text": terms.with_signs(line.text)}


def flow_values(flow: Flow) -> dict[str, Any]:
    """Where the session stands, and what the page says of it."""
    advice, cue, spec = flow.advice, flow.cue, flow.plan.spec
    return {
        "stage": flow.stage,
        "pause": flow.pause,
        "done": flow.done,
        "reps": flow.wanted,
        "ranging": flow.is_ranging,
        "set": flow.set_number,
        "sets": flow.plan.sets,
        "left_s": flow.left_s,
        "number": flow.number,
        "title": screen.stage(flow.stage),
        "to_do": screen.to_do(flow.stage),
        "question": flow.question,
        "how_to_go_on": screen.how_to_go_on(flow.pause, flow.left_s),
        "phase": _round_phase(flow),
        "sides": _sides(flow),
        "painful": flow.is_painful,
        "pain_advice": flow.pain_advice,
        "advice": advice and {"say": what_to_do(advice.code, spec), "arrow": advice.arrow},
        "cue": cue and line_values(cue),
    }


def _round_phase(flow: Flow) -> str:
    """Where the round of a guided exercise stands; empty in any other."""
    return screen.round_step(flow.rounds.step) if flow.rounds else ""


def _sides(flow: Flow) -> str:
    """The reps of each side, where a set holds both and they can be told apart."""
    if not flow.plan.is_by_side:
        return ""
    full = flow.progress.full
    return screen.by_side(full["left"], full["right"])


def _body(pose: Pose | None) -> list[list[float]] | None:
    if pose is None or not pose.is_seen:
        return None
    shares = pose.xy_px / pose.size_px
    return [
        [round(float(x), _PLACES), round(float(y), _PLACES), round(float(v), 2)]
        for (x, y), v in zip(shares, pose.visibility, strict=True)
    ]


def _judged(status: Status | None) -> dict[str, Any] | None:
    if status is None:
        return None
    return {
        "phase": status.phase,
        "phase_words": screen.phase(status),
        "hold_s": status.hold_s,
        "hold_asked_s": status.hold_asked_s,
        "floor_deg": status.floor_deg,
        "meter": _meter(status),
        "readings": [
            {
                "title": reading.title,
                "text": terms.value(reading.value, reading.unit),
                "value": reading.value,
                "shape": reading.shape,
                "at": list(reading.landmarks),
                "ok": reading.ok,
            }
            for reading in status.readings
        ],
    }


def _meter(status: Status) -> dict[str, float] | None:
    """Where the primary measure stands between rest (0) and reach (1), and where the zone ends."""
    back, reach = status.levels.get("back"), status.levels.get("reach")
    if back is None or reach is None or math.isclose(back, reach):
        return None
    way = (status.primary - back) / (reach - back)
    if not math.isfinite(way):
        return None
    return {"at": max(_BACKWARDS, min(_BEYOND, way)), "from": _BACKWARDS, "to": _BEYOND}


def exercise_values(guard: Safeguard, spec: ExerciseSpec) -> dict[str, Any]:
    """An exercise as the choice of the page shows it, with the ruling on each dose."""
    rules, word = guard.rules, guard.person.provider.get(spec.id)
    doses = [_dose_values(guard, spec, dose) for dose in spec.dose]
    return {
        "id": spec.id,
        "title": spec.title,
        "rating": spec.rating,
        "place": terms.prose(spec.place),
        "say": spec.start.say,
        "timed": spec.is_timed,
        "can_range": can_have_range(spec),
        "can_ease": rules.easing(spec.id) is not None,
        "verdict": "block" if all(dose["verdict"] == "block" for dose in doses) else "fine",
        "cautions": list(cautions(rules, spec)),
        "burden": load.burden(spec),
        "provider": None if word is None else {"allows": word.yes, "day": day(word.at_s)},
        "measure": REGISTRY[spec.rep.measure.name].title,
        "doses": doses,
    }


def _dose_values(guard: Safeguard, spec: ExerciseSpec, dose: Dose) -> dict[str, Any]:
    ruled = guard.ruling(spec, dose)
    return {
        "id": dose.id,
        "reps": dose.reps[0],
        "sets": dose.sets[0],
        "title": f"{terms.source(dose.source)}: {terms.dose(dose)}",
        "note": terms.with_signs(dose.note),
        "agree": dose.agree,
        "pain": guard.rules.pain.rule_of(spec.id, dose).say,
        "verdict": ruled.verdict,
        "why": ruled.why,
        "source": terms.source(ruled.source) if ruled.source else "",
        "judgement": guard.rules.judgement if ruled.by == "tags" else "",
        "has_way_on": ruled.verdict != "fine" and ruled.by in health.HAS_A_WAY_ON,
    }


def question_values(guard: Safeguard) -> list[dict[str, Any]]:
    """The health questions that last, with what was answered, and which are to be asked now."""
    due, answers = guard.due, guard.person.answers
    return [
        {
            "id": key,
            "ask": question.ask,
            "yes": answers[key].yes if key in answers and key not in due else None,
            "due": key in due,
            "before": day(answers[key].at_s) if key in answers and key in due else "",
        }
        for key, question in guard.rules.questions()
    ]


def today_values(guard: Safeguard, titles: Mapping[str, str]) -> dict[str, Any]:
    """What is asked before a session."""
    before, pain = guard.rules.before, guard.rules.pain
    settled = {
        stop.id: health.has_settled(
            titles.get(stop.exercise, stop.exercise),
            day(stop.at_s),
            health.felt(pain, stop.level, stop.words),
        )
        for stop in guard.open_stops
        if stop.id
    }
    eased = {
        one.id: health.has_eased(titles.get(one.exercise, one.exercise), day(one.at_s), one.level)
        for one in guard.open_pain
    }
    return {
        "is_known": guard.knows_today,
        "acute": before.acute.ask,
        "pain": before.pain.ask,
        "settled": [
            {"id": str(key), "ask": ask, "note": health.UNTIL_SETTLED}
            for key, ask in settled.items()
        ],
        "eased": [{"id": str(key), "ask": ask} for key, ask in eased.items()],
    }


def pain_values(guard: Safeguard) -> dict[str, Any]:
    """What is asked after an exercise."""
    pain = guard.rules.pain
    return {
        "ask": pain.ask,
        "words": [{"id": word.id, "say": word.say, "key": word.key} for word in pain.word],
    }
