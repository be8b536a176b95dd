"""From numbers to events: the start posture, phases, reps, holds, faults; and recognising."""
