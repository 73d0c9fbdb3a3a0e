"""A server that goes away and comes back costs the reader nothing."""

from tests.browser import bench as desk

BENCH = {"slope": 1.0, "shift": 0.5, "load": 1.0, "shape": "line"}
COMES_BACK_WITHIN_S = 60


def test_what_was_dragged_while_the_server_was_down_is_committed_when_it_is_back(visit, own_server):
    page = visit(own_server.url)
    page.drag("slope", 1.5)
    own_server.stop()
    page.hold("slope")
    shown = page.move("slope", -1.0)
    page.sees_picture(desk.picture(**{**BENCH, "slope": shown}))
    page.release()
    own_server.start()
    page.soon(page.link, {"slope": f"{shown:g}"}, COMES_BACK_WITHIN_S)
    assert page.value("slope") == shown
    page.sees_picture(desk.picture(**{**BENCH, "slope": shown}))
    shift = page.drag("shift", 0.2)
    page.link_is(slope=f"{shown:g}", shift=f"{shift:g}")
    page.sees_picture(desk.picture(**{**BENCH, "slope": shown, "shift": shift}))
