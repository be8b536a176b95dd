"""A clip as data, and the take it becomes: body, camera and stage, ready for any instant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from sample_videos.generator.body import COARSE_CELL_M, FINE_CELL_M, Body, body_of
from sample_videos.generator.camera import Camera, Shot, place_camera
from sample_videos.generator.kinematics import Figure
from sample_videos.generator.light import Lighting
from sample_videos.generator.motion import Script
from sample_videos.generator.passages import Errand, Passage, passage_s
from sample_videos.generator.passers import Passer, PassingBy
from sample_videos.generator.person import Person
from sample_videos.generator.props import Block
from sample_videos.generator.render import Sensor, Stage, body_item, develop, rod_item
from sample_videos.generator.repertoire import Exercise, View
from sample_videos.generator.room import Room
from sample_videos.generator.rotations import Vector

_SOMEBODY = np.array([[-0.3, 0, -0.9], [0.3, 0, 0.9], [-0.3, 1.7, -0.9], [0.3, 1.7, 0.9]])
"""The space an empty room is framed for."""

_BLURS_FROM_PX = 0.3
"""A movement that is shorter while the shutter is open cannot be told from none."""


@dataclass(frozen=True)
class Timing:
    """How regular the pictures come: SD of each one's time, and the share that is left out."""

    jitter_s: float = 0.0
    dropped: float = 0.0
    seed: int = 0

    def times_s(self, count: int, fps: float) -> tuple[float, ...]:
        """The times of the pictures, whole milliseconds if they are irregular."""
        if not (self.jitter_s or self.dropped):
            return tuple(number / fps for number in range(count))
        rng = np.random.default_rng([self.seed, 3])
        most = 0.4 / fps
        late = np.clip(rng.normal(0, self.jitter_s, count), -most, most)
        times = np.maximum(np.arange(count) / fps + late, 0)
        kept = rng.random(count) >= self.dropped
        kept[0] = True
        return tuple(np.round(times[kept], 3).tolist())


@dataclass(frozen=True)
class Clip:
    """One sample video: who does what, where, and how it is filmed.

    path: under `sample_videos/`, without an ending. exercise and person are None for an empty
    room. crf: x264's constant quality, higher for a smaller file. passages: what the person does
    between walking in and getting into the posture, in the first `passage_s` of the script's lead,
    and, in the last of its trail, before walking off; None where they are there from first to last.
    """

    path: str
    title: str
    exercise: Callable[[Body], Exercise] | None
    view: View
    person: Person | None
    script: Script
    shot: Shot
    room: Room
    lighting: Lighting
    sensor: Sensor = field(default_factory=Sensor)
    fps: int = 24
    crf: int = 28
    seed: int = 0
    foreground: tuple[Block, ...] = ()
    passer: Passer | None = None
    timing: Timing = field(default_factory=Timing)
    passages: tuple[Errand, Errand] | None = None

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", maxsplit=1)[-1]

    @cached_property
    def times_s(self) -> tuple[float, ...]:
        """When each picture is taken."""
        return self.timing.times_s(round(self.script.duration_s * self.fps), self.fps)

    @property
    def frame_count(self) -> int:
        """Pictures in the clip."""
        return len(self.times_s)

    def sized(self, size_px: tuple[int, int], fps: int) -> Clip:
        """The same clip with another picture size and rate."""
        return replace(self, shot=replace(self.shot, size_px=size_px), fps=fps)


class Take:
    """A clip's body, exercise, camera and stage, made when first needed."""

    def __init__(self, clip: Clip, *, quick: bool = False) -> None:
        self.clip = clip
        self._cell_m = COARSE_CELL_M if quick else FINE_CELL_M
        self._last_s = float("nan")
        self._last: Figure

    @cached_property
    def body(self) -> Body:
        """The person's mesh; only of clips with a person."""
        assert self.clip.person is not None
        return body_of(self.clip.person, self._cell_m)

    @cached_property
    def exercise(self) -> Exercise:
        """The exercise on this body; only of clips with one."""
        assert self.clip.exercise is not None
        return self.clip.exercise(self.body)

    @cached_property
    def camera(self) -> Camera:
        """A camera that holds the whole movement."""
        return place_camera(self.clip.shot, self._extent)

    @cached_property
    def _extent(self) -> Vector:
        """Every landmark at rest and at the top of every rep."""
        if self.clip.exercise is None:
            return _SOMEBODY
        figures = [
            self._exercising(t_s)
            for t_s in (
                min(self.clip.script.lead_s, 0.0),
                *(times.top_middle_s for times in self.clip.script.times),
            )
        ]
        return np.concatenate([_points(figure) for figure in figures])

    @cached_property
    def stage(self) -> Stage:
        """The lit room, centred on the person."""
        return Stage(self._room, self.camera, lighting=self.clip.lighting, blocks=self._blocks)

    @cached_property
    def _room(self) -> Room:
        low, high = self._extent.min(axis=0), self._extent.max(axis=0)
        middle = (low + high) / 2
        mat = self.clip.room.mat and replace(self.clip.room.mat, ahead_m=float(middle[2]))
        return replace(self.clip.room, centre=(float(middle[0]), float(middle[2])), mat=mat)

    @property
    def _blocks(self) -> tuple[Block, ...]:
        fixtures = self.exercise.fixtures if self.clip.exercise else ()
        return (*fixtures, *self.clip.foreground)

    def figure_at(self, t_s: float) -> Figure:
        """The figure at an instant; that of the last one is kept, as its joints and its outline
        are asked for in turn."""
        if t_s != self._last_s:
            self._last, self._last_s = self._figure_at(t_s), t_s
        return self._last

    def _figure_at(self, t_s: float) -> Figure:
        if self.clip.passages:
            (into, starts_s), (out_of, ends_s) = self._passages
            if t_s < starts_s:
                return into.at(starts_s - t_s)
            if t_s > ends_s:
                return out_of.at(t_s - ends_s)
        return self._exercising(t_s)

    def _exercising(self, t_s: float) -> Figure:
        moment = self.clip.script.at(t_s)
        return self.exercise.figure(moment.values, moment.side)

    @cached_property
    def _passages(self) -> tuple[tuple[Passage, float], tuple[Passage, float]]:
        """In, until when, and out again, from when."""
        assert self.clip.passages is not None
        before, after = self.clip.passages
        starts_s, ends_s = passage_s(before), self.clip.script.duration_s - passage_s(after)
        into = Passage(self.body, self._exercising(starts_s), before)
        return (into, starts_s), (Passage(self.body, self._exercising(ends_s), after), ends_s)

    def frame(self, number: int) -> Vector:
        """The nth picture, 8-bit RGB (h, w, 3)."""
        clip = self.clip
        rng = np.random.default_rng([clip.seed, number])
        if clip.person is None:
            return develop(self.stage.empty(), clip.sensor, rng=rng)
        instants = clip.times_s[number] + clip.sensor.exposed_s(clip.fps)
        if len(instants) > 1 and self._stands_still(instants):
            instants = instants[[len(instants) // 2]]
        lights = [self._light(t_s) for t_s in instants]
        return develop(np.mean(lights, axis=0), clip.sensor, rng=rng)

    def _stands_still(self, instants_s: Vector) -> bool:
        """Whether nothing moves far enough to blur while the shutter is open."""
        if self.clip.passer:
            return False
        opened, closed = (_points(self.figure_at(t_s)) for t_s in instants_s[[0, -1]])
        moved_px = self.camera.project(opened)[0] - self.camera.project(closed)[0]
        return bool(np.abs(moved_px).max() < _BLURS_FROM_PX)

    def _light(self, t_s: float) -> Vector:
        figure = self.figure_at(t_s)
        items = [body_item(self.body, figure)]
        if rods := self.exercise.held(figure):
            items.append(rod_item(rods))
        if self.clip.passer:
            items += self._passer.items(t_s)
        return self.stage.picture(items)

    @cached_property
    def _passer(self) -> PassingBy:
        assert self.clip.passer is not None
        return PassingBy(self.clip.passer, self._room, cell_m=self._cell_m)


def _points(figure: Figure) -> Vector:
    """Every landmark and joint (n, 3)."""
    return np.array([*figure.sites.values(), *figure.joints.values()])
