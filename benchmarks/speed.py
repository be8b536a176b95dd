"""How fast a recorded video is judged, beside a bare loop of the same model on the same file.

    python benchmarks/speed.py FILE -e EXERCISE [--rounds 3] [--model PATH]

Prints frames a second of (a) a bare loop: cv2 read, PoseLandmarker in video mode; (b) what
`formcheck video --no-pictures` does: source, choice of person, pose track, judging, events; their
ratio, paired within each round; the cost a frame of all that comes after the pose; and the peak
memory of judging a recording of one minute and one of an hour. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import cv2
import mediapipe as mp
from mediapipe.tasks.python import BaseOptions, vision

from formcheck.capture.pose.model_file import Model, find_model
from formcheck.capture.video.file import VideoFile
from formcheck.exercises.catalog import find_spec
from formcheck.running.estimator import opened
from formcheck.running.recording import Outputs, Task, estimate, judge, write_results
from formcheck.storage.pose_tracks import PoseTrack, TrackWriter


def bare_fps(file: Path, model: Model) -> float:
    """Frames a second of the loop that everybody writes first."""
    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model.path)),
        running_mode=vision.RunningMode.VIDEO,
    )
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        video = cv2.VideoCapture(str(file))
        frames, start_s = 0, time.perf_counter()
        while True:
            is_read, image = video.read()
            if not is_read:
                return frames / (time.perf_counter() - start_s)
            rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            picture = mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)
            landmarker.detect_for_video(picture, round(video.get(cv2.CAP_PROP_POS_MSEC)))
            frames += 1


def formcheck_fps(file: Path, model: Model, task: Task, folder: Path) -> float:
    """Frames a second from the file to the written events."""
    outputs = Outputs.beside(file, folder)
    source = VideoFile(file)
    with opened(task.spec, model.path) as (estimator, _):
        start_s = time.perf_counter()
        estimate(source, estimator, outputs.poses, facts={}, tick=lambda _: None)
        write_results(judge(PoseTrack(outputs.poses), task), task, source.info, outputs)
        return source.info.frames_read / (time.perf_counter() - start_s)


def judging_ms(track: Path, task: Task) -> float:
    """Processor milliseconds a frame of reading and judging a pose track."""
    poses = PoseTrack(track)
    start_s = time.process_time()
    judge(poses, task)
    return (time.process_time() - start_s) / len(poses) * 1000


def repeated(track: Path, times: int, to: Path) -> None:
    """The same track so many times over."""
    poses = list(PoseTrack(track))
    length_s = poses[-1].t_s + 1.0
    with TrackWriter(to) as writer:
        for i in range(times):
            for pose in poses:
                writer.add(replace(pose, t_s=pose.t_s + i * length_s))
        writer.close({})


def peak_mb(track: Path, exercise: str) -> float:
    """Peak memory of a process that judges a track."""
    command = [sys.executable, __file__, str(track), "-e", exercise, "--judge-only"]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(told.stdout)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("-e", "--exercise", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--judge-only", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    spec = find_spec(args.exercise)
    task = Task(spec, spec.dose[0])
    if args.judge_only:
        judge(PoseTrack(args.file), task)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    model = find_model(args.model)
    with tempfile.TemporaryDirectory() as folder:
        rounds = []
        for _ in range(args.rounds):
            bare = bare_fps(args.file, model)
            ours = formcheck_fps(args.file, model, task, Path(folder))
            rounds.append((bare, ours, ours / bare))
            print(f"bare {bare:5.1f} frames/s, formcheck {ours:5.1f}, ratio {ours / bare:.3f}")
        track = Outputs.beside(args.file, Path(folder)).poses
        print(f"median ratio {statistics.median(r for *_, r in rounds):.3f}")
        print(f"after the pose: {judging_ms(track, task):.2f} ms a frame")
        seconds = list(PoseTrack(track))[-1].t_s + 1.0
        for name, wanted_s in (("a minute", 60), ("an hour", 3600)):
            longer = Path(folder) / "longer.npz"
            repeated(track, max(1, round(wanted_s / seconds)), longer)
            print(f"peak memory for {name}: {peak_mb(longer, args.exercise):.0f} MB")


if __name__ == "__main__":
    main()
