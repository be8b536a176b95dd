"""Rooms with nobody in them: whatever is found there is a mistake."""

from __future__ import annotations

from sample_videos.generator.camera import Shot
from sample_videos.generator.clip import Clip
from sample_videos.generator.light import Lighting
from sample_videos.generator.motion import Script
from sample_videos.generator.room import Box, Mat, Room

CLIPS = (
    Clip(
        path="empty_room",
        title="Nobody",
        exercise=None,
        view="side",
        person=None,
        script=Script(rest={}, lead_s=3.0),
        shot=Shot(azimuth_deg=90, height_m=0.9),
        room=Room(
            facing_deg=80, wall_colour=(0.82, 0.80, 0.74), floor="wood",
            floor_colour=(0.58, 0.42, 0.28), back_wall_m=2.0, side_wall_m=2.2,
            mat=Mat((0.25, 0.38, 0.45)),
            boxes=(
                Box(-1.0, 0.0, (0.5, 1.5, 0.4), (0.30, 0.24, 0.20)),
                Box(0.5, 1.3, (0.8, 0.6, 0.03), (0.45, 0.55, 0.60)),
            ),
            seed=12,
        ),
        lighting=Lighting((0.6, 1.0, 0.4)),
        seed=61,
    ),
)  # fmt: skip
