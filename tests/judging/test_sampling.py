"""Samples and their poses: every pose gives one, and none is paired with another's."""

from __future__ import annotations

import math

from formcheck.judging.conditions import SignalBank
from formcheck.judging.sampling import Sampled, Sampler
from formcheck.measuring.signals import Signal
from tests.bodies import Bridge, Script, Stay, film, reps
from tests.filming import LEFT_NEAR

LIFT = film(Script(Bridge(), (Stay(1), *reps(1, Bridge(), Bridge(175)))))


def sampler() -> Sampler:
    return Sampler(SignalBank([Signal("hip_ext", "near")]), LEFT_NEAR)


def test_every_pose_gives_one_sample_that_is_paired_with_it() -> None:
    fed = sampler()
    sampled: list[Sampled] = [each for pose in LIFT for each in fed.add(pose)]
    sampled += fed.finish()
    assert [pose for _, pose in sampled] == LIFT
    assert all(sample.t_s == pose.t_s for sample, pose in sampled)
    assert not any(math.isnan(sample.values[0]) for sample, _ in sampled)
