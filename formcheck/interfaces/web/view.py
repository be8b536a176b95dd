"""A moment of a session as the page is told it: JSON values, positions in shares of the picture."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from formcheck.coaching.course import Flow
from formcheck.coaching.own_range import can_have_range
from formcheck.coaching.queue import Line
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.safety import Ruling
from formcheck.measuring.measures import REGISTRY
from formcheck.records.events import Status, plain
from formcheck.records.pose import Pose
from formcheck.running.live import View
from formcheck.words import screen, terms
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
        "painful": flow.is_painful,
        "advice": advice and {"say": what_to_do(advice.code, spec), "arrow": advice.arrow},
        "cue": cue and line_values(cue),
    }


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


def exercise_values(spec: ExerciseSpec, ruled: Ruling) -> dict[str, Any]:
    """An exercise as the choice of the page shows it."""
    return {
        "id": spec.id,
        "title": spec.title,
        "rating": spec.rating,
        "place": terms.prose(spec.place),
        "say": spec.start.say,
        "timed": spec.is_timed,
        "can_range": can_have_range(spec),
        "verdict": ruled.verdict,
        "why": ruled.why,
        "source": terms.source(ruled.source) if ruled.source else "",
        "measure": REGISTRY[spec.rep.measure.name].title,
        "doses": [
            {
                "id": dose.id,
                "reps": dose.reps[0],
                "sets": dose.sets[0],
                "title": f"{terms.source(dose.source)}: {terms.dose(dose)}",
            }
            for dose in spec.dose
        ],
    }


def condition_values(condition: Any) -> Mapping[str, Any]:
    """A health question."""
    return {"id": condition.id, "ask": condition.ask, "why": condition.why}
