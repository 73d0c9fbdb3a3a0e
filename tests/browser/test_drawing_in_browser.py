"""The light redraw of a held knob puts the ink exactly where plotly.js puts it."""

from math import copysign
from urllib.parse import urlencode

from tests.browser.reader import Frame, Reader, assert_same_ink


def drawn_lightly(reader: Reader, label: str, target: float) -> Frame:
    """Move the held knob to and fro, from the target inwards, until a frame was drawn without plotly.js."""
    step = float(reader.knob(label).get_attribute("step") or "nan")
    for attempt in range(12):
        if attempt % 3 == 2:
            # A sweep that took a busy machine too long is not sent before the knob is taken again.
            reader.release()
            reader.rests()
            reader.hold(label)
        value = target - copysign(10 * step, target) * (attempt % 3)
        if abs(value - reader.value(label)) < step / 2:
            continue
        reader.keep_frames()
        drawings = reader.drawings()
        reader.move(label, value)
        if frame := reader.light_frame():
            return frame
        # Plotly's own drawing, when the knob rests, shall not come between the next frame and its beginning.
        reader.until(lambda drawings=drawings: reader.drawings() > drawings)
    raise AssertionError("no frame was drawn lightly")


def assert_light_is_plotlys(reader: Reader, label: str, target: float, within: float = 0.02) -> None:
    """The light frame and plotly's own, once the knob rests, are the same."""
    reader.hold(label)
    light = drawn_lightly(reader, label, target)
    reader.until(lambda: reader.drawings() > light.drawings)
    assert reader.value(label) == light.value
    assert_same_ink(light.ink, reader.ink(), within)
    reader.release()
    reader.rests()


def test_a_held_neuron_is_drawn_as_plotly_draws_it(lesson):
    for label, target in [("weight w", 8.0), ("bias b", 4.0), ("input x", -3.0), ("weight w", -9.5)]:
        assert_light_is_plotlys(lesson, label, target)
    for activation in ("step", "ReLU"):
        lesson.choose(activation)
        lesson.rests()
        assert_light_is_plotlys(lesson, "weight w", 9.0)


def test_lines_gaps_points_and_names_are_drawn_as_plotly_draws_them(bench, walk, bench_server):
    for label, target in [("slope", -1.5), ("shift", 0.15), ("load", 4.0)]:
        assert_light_is_plotlys(bench, label, target)
    dragged = bench.ink()
    assert_same_ink(dragged, walk(bench_server, f"/?{urlencode(bench.link())}").ink())


def test_a_zoomed_plot_is_drawn_as_plotly_draws_it(new_bench):
    zoomed = [new_bench.zoom(plot) for plot in range(2)]
    assert_light_is_plotlys(new_bench, "slope", -1.5)
    assert [new_bench.ranges(plot) for plot in range(2)] == zoomed


def test_the_home_page_is_drawn_as_plotly_draws_it(go):
    home = go("/")
    assert_light_is_plotlys(home, "neurons N", 40)


def test_a_network_that_closes_in_is_drawn_as_plotly_draws_it(go):
    page = go("/approximator")
    for below, target in [("contributions", 60), ("error against N", 90), ("network", 60), ("error", 90)]:
        page.choose(below)
        page.rests()
        assert_light_is_plotlys(page, "hidden units N", target, within=0.1)


def test_bumps_are_drawn_as_plotly_draws_them(go):
    page = go("/bumps")
    for label, target in [("left edge s₁", 0.2), ("height h₃", 0.5)]:
        assert_light_is_plotlys(page, label, target)
