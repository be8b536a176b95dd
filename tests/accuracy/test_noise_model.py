"""The noise of the pose model: errors vary as they were told to, and are kept as they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from accuracy.fitting import fitted
from accuracy.noise_file import load, save
from accuracy.noise_model import SIZE, Spread, torso_px
from formcheck.records.pose import Pose
from tests.noise import filmed, made, spoiled, true_set


def test_a_spread_keeps_variances_and_what_varies_together() -> None:
    rng = np.random.default_rng(3)
    together = rng.standard_normal((SIZE, 3)) * 0.1
    covariance = together @ together.T + 0.01**2 * np.eye(SIZE)
    spread = Spread.of(covariance)
    assert spread.deviation == pytest.approx(np.sqrt(np.diag(covariance)))
    drawn = np.cov(spread.draw(20000, rng).T)
    assert np.linalg.norm(drawn - covariance) < 0.15 * np.linalg.norm(covariance)


def test_models_are_the_same_once_they_were_kept(tmp_path: Path) -> None:
    films = [("bridge", "side", filmed(made()))] * 8
    one, (apart,) = made(), fitted(films, {})["bridge side"][:1]
    save(tmp_path / "noise.npz", {"bridge side": (one, apart)})
    for kept, before in zip(load(tmp_path / "noise.npz")["bridge side"], (one, apart), strict=True):
        assert kept.rest == pytest.approx(before.rest, abs=1e-3)
        assert len(kept.jitter) == len(before.jitter)
        assert (kept.worked, kept.films) == (before.worked, before.films)


def test_the_top_jitters_as_the_top_did_and_the_rest_as_the_rest() -> None:
    true = true_set()
    quiet, wild = (Spread.of(np.eye(SIZE) * deviation**2) for deviation in (0.01, 0.1))
    model = replace(made(), jitter=(quiet, quiet, wild))
    shares = np.zeros((len(true), 2))
    shares[len(true) // 2 :, 0] = 1.0
    seen = list(model.spoil(true, shares, np.random.default_rng(1)))
    off = [(a.xy_px - b.xy_px) / torso_px(b) for a, b in zip(seen, true, strict=True)]
    resting, at_top = np.split(np.array(off)[:, :, 1], [len(true) // 2])
    assert resting.std() == pytest.approx(0.01, rel=0.2)
    assert at_top.std() == pytest.approx(0.1, rel=0.2)


def test_the_same_seed_spoils_alike_and_another_does_not() -> None:
    first, again, other = (spoiled(true_set(), made(), seed)[9].xy_px for seed in (1, 1, 2))
    assert (first == again).all()
    assert not (first == other).any()


def test_nobody_stays_nobody() -> None:
    true = true_set()
    gone = [*true[:5], Pose.nobody(true[5].t_s, true[5].size_px), *true[6:]]
    assert [n for n, pose in enumerate(spoiled(gone, made())) if not pose.is_seen] == [5]
