"""Where every landmark truly was, and what was scripted: the two files beside a clip.

`<clip>.truth.npz` is a pose track as `formcheck.storage.pose_tracks` reads it, so that what judges
a tracked recording can judge the truth as well; `<clip>.truth.json` tells the script.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.capture.pose.mediapipe import outline
from formcheck.exercises.catalog import find_spec
from formcheck.records.pose import LANDMARK_COUNT, LEFT_LANDMARKS, NOSE, RIGHT_LANDMARKS, Pose
from formcheck.storage.pose_tracks import TrackWriter
from sample_videos.generator.camera import Shot
from sample_videos.generator.clip import Take
from sample_videos.generator.kinematics import Figure
from sample_videos.generator.motion import Rep, RepTimes
from sample_videos.generator.quiver import alive
from sample_videos.generator.raster import covered
from sample_videos.generator.rotations import Vector

_JOINT_BONES = {
    "shoulder": "upper_arm", "elbow": "forearm", "wrist": "hand",
    "hip": "thigh", "knee": "shank", "ankle": "foot",
}  # fmt: skip
_INNER_AND_OUTER_EYE = {1: "left_eye_inner", 3: "left_eye_outer",
                        4: "right_eye_inner", 6: "right_eye_outer"}  # fmt: skip

_PX_STEP, _M_STEP = 0.1, 0.001


def landmarks(figure: Figure) -> Vector:
    """The 33 landmarks (33, 3) of a figure in the room, in metres."""
    found = np.empty((LANDMARK_COUNT, 3))
    found[NOSE] = figure.sites["nose"]
    for number, site in _INNER_AND_OUTER_EYE.items():
        found[number] = figure.sites[site]
    for side, numbers in (("left", LEFT_LANDMARKS), ("right", RIGHT_LANDMARKS)):
        for name, number in numbers.items():
            bone = _JOINT_BONES.get(name)
            found[number] = (
                figure.joints[f"{side}_{bone}"] if bone else figure.sites[f"{side}_{name}"]
            )
    return found


def true_pose(take: Take, t_s: float) -> Pose:
    """The pose a perfect estimator would give at an instant."""
    width, height = take.clip.shot.size_px
    size = (float(width), float(height))
    if take.clip.person is None:
        return Pose.nobody(t_s, size)
    figure = take.figure_at(t_s)
    places = landmarks(figure)
    xy, _ = take.camera.project(places)
    world = take.camera.turned(places, figure.middle("thigh"))
    seen = np.ones(LANDMARK_COUNT, np.float32)
    return Pose(t_s, _rounded(xy, _PX_STEP), _rounded(world, _M_STEP), seen, seen, size)


def true_outline(take: Take, t_s: float) -> Vector:
    """The outline of the body in the picture, as the program takes it from a mask."""
    vertices, _ = take.body.posed(take.figure_at(t_s))
    xy, depth = take.camera.project(vertices)
    width, height = take.clip.shot.size_px
    shape = covered(xy, depth, triangles=take.body.triangles, size_px=(width, height))
    return outline(shape, (float(width), float(height)))


def true_poses(take: Take, *, with_outline: bool) -> list[Pose]:
    """The true pose at the time of every picture, with the person's true shape if asked for."""

    def at(t_s: float) -> Pose:
        pose = true_pose(take, t_s)
        return replace(pose, outline_px=true_outline(take, t_s)) if with_outline else pose

    return alive([at(t_s) for t_s in take.clip.times_s])


def write_track(take: Take, path: Path) -> None:
    """Write the true pose of every frame as a pose track, with the outline where it is judged."""
    clip = take.clip
    has_outlines = clip.person is not None and find_spec(take.exercise.id).needs_outline
    with TrackWriter(path) as writer:
        for pose in true_poses(take, with_outline=has_outlines):
            writer.add(replace(pose, outline_px=np.round(pose.outline_px, 1)))
        writer.close({
            "source": f"{clip.name}.mp4", "truth": True, "has_outlines": has_outlines,
            "frames_declared": clip.frame_count,
        })  # fmt: skip


def write_script(take: Take, path: Path) -> None:
    """Write what was scripted, with the clinical measures at the top of each rep."""
    path.write_text(json.dumps(script_of(take), indent=1) + "\n", encoding="utf-8")


def script_of(take: Take) -> dict[str, Any]:
    """What a clip shows, as JSON values."""
    clip = take.clip
    scripted: dict[str, Any] = {
        "clip": f"{clip.name}.mp4", "title": clip.title, "view": clip.view, "fps": clip.fps,
        "frames": clip.frame_count, "seed": clip.seed,
        "size_px": list(clip.shot.size_px),
        "camera": _camera(clip.shot),
        "exercise": None, "person": None, "rest": None, "reps": [],
    }  # fmt: skip
    if clip.person is not None:
        scripted["exercise"] = take.exercise.id
        scripted["person"] = {
            "height_m": clip.person.height_m, "female": clip.person.female, "fat": clip.person.fat,
        }  # fmt: skip
        scripted["rest"] = _measured(take, 0.0)
        reps = zip(clip.script.reps, clip.script.times, strict=True)
        scripted["reps"] = [_rep(take, rep, times=times) for rep, times in reps]
    return scripted


def _camera(shot: Shot) -> dict[str, Any]:
    """The shot without its size, and without what is as usual."""
    plain, given = vars(Shot(shot.azimuth_deg, shot.height_m)), vars(shot)
    told = ("azimuth_deg", "height_m", "vertical_fov_deg")
    unusual = [name for name in ("roll_deg", "aim_off", "bulge") if given[name] != plain[name]]
    return {name: _short(given[name]) for name in (*told, *unusual)}


def _short(value: Any) -> Any:
    return [round(v, 3) for v in value] if isinstance(value, tuple) else round(value, 3)


def _rep(take: Take, rep: Rep, *, times: RepTimes) -> dict[str, Any]:
    return {
        "kind": rep.kind, "side": rep.side, **({"pose": rep.pose} if rep.pose else {}),
        "faults": list(rep.faults),
        "rise_start_s": round(times.rise_s, 3), "top_start_s": round(times.top_start_s, 3),
        "top_end_s": round(times.top_end_s, 3), "lowered_s": round(times.lowered_s, 3),
        "at_top": _measured(take, times.top_middle_s),
    }  # fmt: skip


def _measured(take: Take, t_s: float) -> dict[str, float]:
    found = take.exercise.measures(take.figure_at(t_s), take.camera)
    return {name: round(value, 2) for name, value in found.items()}


def _rounded(values: Vector, step: float) -> Vector:
    return (np.round(values / step) * step).astype(np.float32)
