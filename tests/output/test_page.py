from __future__ import annotations

import math
import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from formcheck.measuring.signals import Signal
from formcheck.output.report.charts import Mark, Plot, Span, chart
from formcheck.output.report.curves import Curve
from formcheck.output.report.page import ReportPage, render, write_report
from formcheck.records.events import NotJudged, Remark, Source
from formcheck.records.reasons import Bound, Reason
from formcheck.records.report import fold
from formcheck.words import terms
from tests import show

VOID = {"meta", "img", "br", "hr", "link", "input"}
JPEG = b"\xff\xd8\xff\xe0 not really"


def curve(end_s=5.0, n=150):
    """Up from 120 to 175 degrees and down again, every 5 s."""
    t_s = np.linspace(0, end_s, n)
    return Curve(t_s, 120 + 55 * np.abs(np.sin(np.pi * t_s / 5)))


def rep(number=1, *, faults=None, **changes):
    """What is told of one rep, its fault and its hold first."""
    found = (show.fault(number=number),) if faults is None else faults
    attempt = show.attempt(number, **({"hold_s": 3.1, "hold_asked_s": 5.0} | changes))
    return [show.hold(number=number), *found, attempt]


def page(*events, **changes):
    """The page of what was told, of one rep if nothing is given."""
    report = fold([show.started(), *(events or rep())])
    whole = ReportPage(
        title="Bridge",
        file_name="me.mp4",
        duration_s=65.0,
        report=report,
        primary=Signal("hip_ext", "near"),
        curve=curve(65, 1951),
        levels=show.LEVELS,
        pictures={rep.attempt.top_s: JPEG for rep in report.reps},
        dose="5 to 10 reps, held 5 s",
        dose_source=Source("002", "week 3"),
        limits=("belly and buttocks tightened",),
        rep_sources=("Document 001, Bridge exercise",),
        sources=(show.BRIDGE, show.WORK),
        documents={"001": "Ten exercises"},
    )
    return replace(whole, **changes)


class Nesting(HTMLParser):
    """Checks that every element is closed in turn, and gathers what a reader needs."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.ids, self.text, self.images = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        attributes = dict(attrs)
        self.ids += [attributes["id"]] if "id" in attributes else []
        if tag == "img":
            self.images.append(attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text.append(data)


def parsed(html):
    parser = Nesting()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


def text_of(html):
    return re.sub(r"\s+", " ", " ".join(parsed(html).text))


def test_an_exercise_that_nobody_named_is_told_to_be_recognised_and_how_surely():
    found = "Bridge, likely, 0:03.6 to 0:35.6"
    assert found in render(page(recognised=(found,)))
    assert "Recognised" not in render(page())


def test_the_page_is_well_nested_and_every_id_is_used_once():
    parser = parsed(render(page(*rep(1), *rep(2))))
    assert len(parser.ids) == len(set(parser.ids))


def test_the_page_fetches_nothing_and_runs_no_script():
    html = render(page())
    assert not re.search(r"https?:|//[a-z]|@import|url\(", html)
    assert not {"script", "link", "iframe"} & set(parsed(html).tags)


@pytest.mark.parametrize("place", ["title", "file_name", "dose"])
def test_text_from_outside_is_escaped(place):
    html = render(page(**{place: '<script>alert("x")</script>'}))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_text_in_events_is_escaped():
    bad = '"><script>x</script>'
    why = Reason("unseen", joints=(bad,))
    faulty = rep(reason=why, faults=(show.fault(cue=bad),))
    html = render(page(*faulty, NotJudged(0.0, bad, why)))
    assert "<script" not in html


def test_the_verdict_is_one_line_with_every_outcome():
    left = ["full"] * 4 + ["short_hold"]
    right = ["full"] * 3 + ["partial"] * 2 + ["not_judged"]
    done = [("left", outcome) for outcome in left] + [("right", outcome) for outcome in right]
    told = [show.attempt(n, side=side, outcome=o) for n, (side, o) in enumerate(done)]
    html = render(page(*told))
    assert "7 full reps, 1 held too short, 2 partial, 1 not judged" in text_of(html)
    assert "left 4, right 3" in text_of(html)


def test_a_recording_that_was_not_judged_says_why():
    none = page(
        NotJudged(0.0, "recording", Reason("tilted")),
        never_judged="the camera is not level; level the camera",
    )
    assert "Not judged: the camera is not level; level the camera" in text_of(render(none))


def test_a_recording_without_anybody_still_makes_a_page():
    nothing = Curve(np.empty(0), np.empty(0))
    html = render(page(report=fold([]), curve=nothing))
    assert "No rep was seen" in text_of(html)


def test_a_card_tells_hold_fault_rule_and_source():
    text = text_of(render(page()))
    assert "Hold 3.1 s of 5.0 s" in text
    assert "Lift your hips a little higher at 0:02.0: found 152°" in text
    assert "Fault: hip line more than 165°. Source: Document 001, Bridge exercise" in text
    assert text.count("Source: Document 001, Bridge exercise") == 2


def test_the_dot_and_its_words_tell_the_value_of_their_moment_and_not_the_peak():
    html = render(page(*rep(top_s=1.0, peak=180.0)))
    value = 120 + 55 * np.sin(np.pi / 5)
    assert f"{value:.0f}° at 0:01.0, the dot; peak 180°" in text_of(html)
    assert f"Hip line over time in attempt 1, {value:.0f}° at 0:01.0" in html
    dot = float(re.search(r'<circle cx="[\d.]+" cy="([\d.]+)" r="4.5"', html)[1])
    line = re.search(r'<path d="([^"]+)" class="curve"', html[html.index("attempt-1") :])[1]
    heights = [float(y) for y in re.findall(r" ([\d.]+)", line)]
    assert dot > min(heights) + 10


def test_what_decides_stands_open_in_plain_words_and_the_other_levels_are_folded():
    checks = tuple(
        replace(
            show.check(1.0, met=True),
            level=level,
            bound=Bound("leg_incl", "raised", low, math.inf, "deg"),
        )
        for level, low in (("leave", -35.0), ("reach", -12.0))
    )
    html = render(page(*rep(checks=checks)))
    opened, folded = html.split("<details>")
    assert "Raised leg at least \N{MINUS SIGN}12° 1° ✓ yes" in re.sub(
        "<[^>]+>|\\s+", " ", opened
    ).replace("  ", " ")
    assert "Leaves the start: raised leg at least \N{MINUS SIGN}35°" in folded
    assert "leg_incl" not in html


def test_holds_are_told_only_where_one_is_asked():
    asked, unasked = (render(page(*rep(hold_asked_s=s))) for s in (5.0, 0.0))
    for word in ("Best hold", "Total hold", 'class="span hold"', "<dt>Hold</dt>"):
        assert word in asked
        assert word not in unasked


def test_what_was_not_seen_is_told_and_never_a_number():
    unseen = show.check(float("nan"), met=None)
    html = render(page(*rep(peak=float("nan"), checks=(unseen,))))
    assert "not seen" in text_of(html)
    assert "not judged" in text_of(html)
    assert not re.search(r"\bnan\b", html, re.IGNORECASE)


def test_faults_are_gathered_with_the_attempts_they_were_in():
    text = text_of(render(page(*rep(1), *rep(2), *rep(4))))
    assert "Fault, 3\N{MULTIPLICATION SIGN}: attempts 1, 2 and 4" in text
    assert "in 3 of 3 attempts" in text


def test_hints_are_counted_apart_from_faults():
    hint = show.fault(number=2, id="high", severity="info", cue="Lower is enough")
    text = text_of(render(page(*rep(1), *rep(2, faults=(hint,)))))
    assert "1 Fault in 1 of 2 attempts 1 Hint in 1 of 2 attempts" in text


def test_a_safety_fault_stands_before_all_others():
    stop = show.fault(number=2, id="stop", severity="safety", cue="Stop now")
    text = text_of(render(page(*rep(1), *rep(2, faults=(stop,)))))
    work = text.index("What to work on")
    assert text.index("Stop now", work) < text.index("Lift your hips", work)


def test_what_was_not_judged_is_told_with_its_reason_and_attempts():
    blind = NotJudged(2.0, "knee_bent", Reason("unseen", joints=("left knee",)), 3)
    text = text_of(render(page(blind, *rep(3))))
    assert "Knee bent: left knee not visible attempt 3" in text


def test_outcomes_in_the_overview_differ_by_sign_and_not_only_in_colour():
    pages = [render(page(*rep(1, outcome=outcome))) for outcome in terms.OUTCOMES]
    signs = {re.search(r"span-label[^>]*>1 (.)<", html)[1] for html in pages}
    assert len(signs) == len(terms.OUTCOMES)


def test_limits_remarks_sources_and_the_disclaimer_are_told():
    text = text_of(render(page(*rep(), Remark(1.0, "side_missing", side="left"))))
    for part in (
        "Belly and buttocks tightened",
        "No rep was counted on the left side",
        "Document 001: Ten exercises",
        "does not diagnose, it is not a medical device, and it does not replace your doctor",
        "Document 002, week 3",
    ):
        assert part in text


def test_a_chart_that_is_cut_on_a_narrow_screen_says_so():
    html = render(page())
    assert html.index("Swipe sideways") < html.index('class="scroll"')
    narrow = html[html.index("@media (max-width") : html.index("@media print")]
    assert ".swipe { display: block" in narrow
    assert html.count(".swipe { display: none; }") == 2


def test_every_picture_has_its_words():
    (image,) = parsed(render(page())).images
    assert image["alt"] == "Attempt 1 at 0:02.5, hip line 175°"
    assert image["src"].startswith("data:image/jpeg;base64,")


def test_a_side_that_is_assumed_is_said_to_be():
    html = render(page(*rep(side="left", side_assumed=True)))
    assert "Attempt 1, left (assumed):" in text_of(html)


def test_a_page_is_written_whole(tmp_path):
    write_report(tmp_path / "new" / "r.html", page())
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["r.html"]
    assert (tmp_path / "new" / "r.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_long_recording_makes_a_chart_of_bounded_size():
    hours = Plot(curve(7200, 216_000), "deg", "x")
    assert len(chart(hours, size=(1000, 200))) < 20_000


def plot(**changes):
    return replace(Plot(curve(), "deg", "hips over time", levels=show.LEVELS), **changes)


def drawn(**changes):
    return str(chart(plot(**changes), size=(480, 220)))


def test_a_chart_names_its_levels_and_keeps_their_names_apart():
    svg = drawn()
    rows = [float(y) for y in re.findall(r'y="([\d.]+)" class="level-label', svg)]
    assert len(rows) == 4
    assert np.all(np.diff(rows) >= 14.5)
    assert ">reach 165°<" in svg


def test_a_level_that_is_not_known_is_not_drawn():
    assert "level-label" not in drawn(levels={"reach": float("nan")})


def test_a_gap_in_a_curve_stays_a_gap_and_is_shaded():
    gap = curve()
    gap.value[60:80] = np.nan
    svg = drawn(curve=gap)
    assert re.search(r'<path d="([^"]+)" class="curve"', svg)[1].count("M") == 2
    assert "span unseen" in svg
    assert "span unseen" not in drawn()


def test_holds_and_faults_stand_at_their_times():
    svg = drawn(spans=(Span(1.0, 2.0, "hold", "hold"),), marks=(Mark(2.5, "1"),), dot=(2.5, 175.0))
    left, right = 40, 480 - 90
    per_s = (right - left) / 5
    box = re.search(r'<rect x="([\d.]+)".*? width="([\d.]+)"', svg)
    assert [float(n) for n in box.groups()] == pytest.approx([left + per_s, per_s], abs=0.1)
    assert f'x1="{left + 2.5 * per_s:.0f}"' in svg
    assert 'class="dot"' in svg


def test_the_levels_in_a_chart_are_those_of_the_measure_that_is_drawn():
    checks = tuple(
        replace(show.check(), level=level, bound=Bound(measure, side, limit, math.inf, "deg"))
        for level, measure, side, limit in (
            ("reach", "hip_ext", "near", 165.0), ("fall", "hip_ext", "far", 160.0),
            ("back", "knee", "near", 90.0), ("hold", "hip_ext", "near", 161.0),
        )
    )  # fmt: skip
    html = render(page(*rep(checks=checks), levels={}))
    assert re.findall(r'class="level-label[^>]*>([^<]+)<', html) == ["reach 165°"]


def test_a_curve_that_was_never_seen_makes_no_chart():
    assert drawn(curve=Curve(np.arange(5.0), np.full(5, np.nan))) == ""


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (152.4, "deg", "152°"),
        (-0.2, "deg", "0°"),
        (-12.0, "deg", "\N{MINUS SIGN}12°"),
        (0.824, "", "0.82"),
        (4.56, "s", "4.6 s"),
        (12.2, "cm", "12 cm"),
        (0.424, "torso", "0.42 trunk lengths"),
        (0.1, "shank", "0.10 shin lengths"),
        (5.2, "in", "about 5 inches"),
        (0.9, "in", "about 1 inch"),
        (float("nan"), "deg", "not seen"),
    ],
)
def test_values_are_put_for_people(number, unit, text):
    assert terms.value(number, unit) == text


@pytest.mark.parametrize(
    ("plain", "signed"),
    [
        (
            "leg -22 deg, above -12 deg asked",
            "leg \N{MINUS SIGN}22°, above \N{MINUS SIGN}12° asked",
        ),
        ("8-10 reps on 2024-05-01, bird-dog 3 s-5 s", "8-10 reps on 2024-05-01, bird-dog 3 s-5 s"),
    ],
)
def test_signs_are_set_in_text(plain, signed):
    assert terms.with_signs(plain) == signed
    assert terms.source(Source("ours", plain)).endswith(signed)


def test_a_person_seen_from_the_front_is_said_to_be():
    assert "seen from the front" in text_of(render(page(replace(show.started(), view="front"))))


@pytest.mark.parametrize(
    ("t_s", "text"), [(12.44, "0:12.4"), (59.97, "1:00.0"), (187.4, "3:07.4"), (0.0, "0:00.0")]
)
def test_places_in_a_recording_are_put_for_people(t_s, text):
    assert terms.clock(t_s) == text


def contrast(one, other):
    """The contrast ratio of WCAG 2.2 between two colours as #rrggbb."""

    def luminance(colour):
        parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_colour_has_the_contrast_that_wcag_aa_asks(scheme):
    blocks = re.findall(r":root \{(.*?)\}", render(page()), re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[scheme]))
    texts = ("text", "muted", "full", "short", "partial", "none", "info", "warn", "safety")
    for ground in ("paper", "card", "tint"):
        assert all(contrast(colours[text], colours[ground]) >= 4.5 for text in texts)
    for mark in ("full", "info", "warn", "safety"):
        assert contrast(colours["on-mark"], colours[mark]) >= 4.5
