"""A person as a mesh that follows their skeleton, built once and posed for every picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from sample_videos.generator import clothes
from sample_videos.generator.flesh import JOINED_WITHIN_M, SOLE_HEIGHT_M, flesh_of
from sample_videos.generator.kinematics import BONES, Figure, Skeleton
from sample_videos.generator.mesh import Grid, Triangles, mesh_of, vertex_normals
from sample_videos.generator.person import REFERENCE_HEIGHT_M, Person, skeleton_of
from sample_videos.generator.rotations import Vector
from sample_videos.generator.skin import Weights, skin_weights
from sample_videos.generator.solids import Part, smooth_minimum

FINE_CELL_M = 0.0085
COARSE_CELL_M = 0.014

_LOW, _HIGH = np.array([-0.66, -0.02, -0.24]), np.array([0.66, 1.82, 0.30])

_FEW = 5
"""Every how many vertices are looked at when only the lowest one is wanted."""


@dataclass(frozen=True)
class Paint:
    """The coverings of a mesh, per triangle and per corner of it, and the palette they index.

    margin_m: (m, 3) signed distance to the border between `under` and `over`. tone: (m, 3).
    """

    palette: Vector
    under: Triangles
    over: Triangles
    margin_m: Vector
    tone: Vector
    is_head: Vector


@dataclass(frozen=True)
class Body:
    """A person's mesh at rest, standing, with its bones' weights and its paint.

    reference: the vertices scaled to the reference height, for textures that belong to it.
    """

    person: Person
    skeleton: Skeleton
    vertices: Vector
    normals: Vector
    triangles: Triangles
    weights: Weights
    reference: Vector
    paint: Paint

    def posed(self, figure: Figure) -> tuple[Vector, Vector]:
        """Vertices and unit normals in a figure's posture; flesh yields to the floor."""
        vertices, turns = self._moved(figure, slice(None))
        normals = np.einsum("nij,nj->ni", turns, self.normals)
        normals /= np.linalg.norm(normals, axis=1, keepdims=True) + 1e-9
        np.maximum(vertices[:, 1], 0.0, out=vertices[:, 1])
        return vertices, normals

    def lowest_m(self, figure: Figure, bones: Iterable[str] = BONES) -> float:
        """Height of the lowest point of what follows these bones, before flesh yields."""
        mine = self.weights[::_FEW, [BONES.index(bone) for bone in bones]].sum(axis=1) > 0.5
        chosen = np.flatnonzero(mine) * _FEW
        return float(self._moved(figure, chosen)[0][:, 1].min())

    def _moved(self, figure: Figure, chosen: slice | Triangles) -> tuple[Vector, Vector]:
        turns = np.stack([figure.rotations[bone] for bone in BONES])
        rest = np.stack([self.skeleton.joints[bone] for bone in BONES])
        shifts = np.stack([figure.joints[bone] for bone in BONES])
        shifts = shifts - np.einsum("bij,bj->bi", turns, rest)
        flat = np.concatenate([turns.reshape(-1, 9), shifts], axis=1).astype(np.float32)
        mixed = self.weights[chosen] @ flat
        turned = mixed[:, :9].reshape(-1, 3, 3)
        return np.einsum("nij,nj->ni", turned, self.vertices[chosen]) + mixed[:, 9:], turned


@lru_cache(maxsize=2)
def body_of(person: Person, cell_m: float = FINE_CELL_M) -> Body:
    """Build a person's body; finer cells give better hands and face and slower pictures."""
    reference_person = replace(person, height_m=REFERENCE_HEIGHT_M)
    skeleton = skeleton_of(reference_person)
    parts = flesh_of(reference_person, skeleton)
    surface = _Surface(reference_person, skeleton, parts)
    vertices, triangles = mesh_of(surface.distance, Grid.around(_LOW, _HIGH, cell_m=cell_m))
    distances = {part.name: part.distance(vertices) for part in parts}
    weights = skin_weights(vertices, triangles, skeleton=skeleton, distances=distances)
    scaled = (vertices * person.scale).astype(np.float32)
    return Body(
        person=person,
        skeleton=skeleton_of(person),
        vertices=scaled,
        normals=vertex_normals(vertices, triangles).astype(np.float32),
        triangles=triangles.astype(np.int32),
        weights=weights.astype(np.float32),
        reference=vertices.astype(np.float32),
        paint=surface.painted(vertices, triangles),
    )


@dataclass(frozen=True)
class _Surface:
    """The dressed outside of a body at rest."""

    person: Person
    skeleton: Skeleton
    parts: tuple[Part, ...]

    def distance(self, points: Vector) -> Vector:
        """Signed distance to the outside, clothes and all."""
        found = {part.name: part.distance(points) for part in self.parts}
        melted = found["trunk"]
        for name, within_m in JOINED_WITHIN_M.items():
            melted = smooth_minimum(melted, found[name], blend_m=within_m)
        owner = np.stack(list(found.values())).argmin(axis=0)
        dressed = melted - self._stand_off_m(points, owner, near=np.abs(melted) < 0.05)
        return np.maximum(dressed, SOLE_HEIGHT_M - points[:, 1])

    def _stand_off_m(self, points: Vector, owner: Triangles, *, near: Vector) -> Vector:
        stand_off = np.zeros(len(points))
        for number, part in enumerate(self.parts):
            mine = (owner == number) & near
            border = self._border(part, points[mine])
            stand_off[mine] = clothes.stand_off_m(border, self.person)
        return stand_off

    def _border(self, part: Part, points: Vector) -> tuple[Triangles, Triangles, Vector]:
        found = clothes.borders(part.name, points, person=self.person, skeleton=self.skeleton)
        return clothes.nearest_border(found)

    def painted(self, vertices: Vector, triangles: Triangles) -> Paint:
        """Coverings of each triangle, with the margin at each of its corners."""
        distances = np.stack([part.distance(vertices) for part in self.parts])
        owner = distances.argmin(axis=0)[triangles[:, 0]]
        under, over = np.zeros(len(triangles), np.int8), np.zeros(len(triangles), np.int8)
        margin = np.zeros((len(triangles), 3), np.float32)
        for number, part in enumerate(self.parts):
            mine = np.flatnonzero(owner == number)
            under[mine], over[mine], margin[mine] = self._corners(
                part, vertices, triangles=triangles[mine]
            )
        tone = clothes.weave(vertices, seed=int(self.person.height_m * 1000))[triangles]
        colours = clothes.palette(self.person).astype(np.float32)
        head = owner == len(self.parts) - 1
        return Paint(colours, under, over, margin, tone.astype(np.float32), head)

    def _corners(
        self, part: Part, vertices: Vector, *, triangles: Triangles
    ) -> tuple[Triangles, Triangles, Vector]:
        """The border nearest to each triangle's first corner, its margin at all three."""
        corners = [
            clothes.borders(
                part.name, vertices[triangles[:, k]], person=self.person, skeleton=self.skeleton
            )
            for k in range(3)
        ]
        margins = np.stack([[border.margin_m for border in found] for found in corners], axis=-1)
        chosen = np.abs(margins[..., 0]).argmin(axis=0)
        under = np.array([border.under for border in corners[0]])[chosen]
        over = np.array([border.over for border in corners[0]])[chosen]
        return under, over, margins[chosen, np.arange(len(chosen))]
