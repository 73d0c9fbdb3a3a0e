"""What a reader takes away of a picture comes out of the browser as a file, and holds what is shown."""

from __future__ import annotations

import contextlib
import csv
import io
from pathlib import Path

from tests.browser.reader import Reader


def saved(reader: Reader, name: str) -> tuple[str, str]:
    """The name and the text of the file that is chosen in the menu."""
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Save …").first.click()
        reader.page.get_by_role("button", name=name, exact=True).first.click()
    return download.value.suggested_filename, Path(download.value.path()).read_text(encoding="utf-8")


def test_the_program_of_the_picture_prints_what_the_picture_shows_and_the_table_holds_its_curves(go):
    reader = go("/single_neuron?weight=2&bias=-1&x=0.75&activation=tanh")
    name, program = saved(reader, "network_numpy.py")
    assert name.endswith("single-neuron-superpose-network_numpy.py"), name
    assert program.splitlines()[:2] == ["# single neuron", f"# {reader.page.url}"]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, name, "exec"), {})
    shown = reader.page.locator(".sp-readouts div", has_text="a = f(z)").locator("dd").inner_text()
    x, _, y = out.getvalue().split()
    assert (float(x), f"{float(y):+.2f}") == (0.75, shown)
    _, table = saved(reader, "curves.csv")
    assert {row["curve"] for row in csv.DictReader(io.StringIO(table))} >= {"a", "z"}
    assert reader.page.locator(".sp-files").first.is_hidden()
    with reader.page.expect_download() as picture:
        reader.page.get_by_role("button", name="Save …").first.press("Enter")
        reader.page.get_by_role("button", name="picture.png").first.press("Enter")
    assert picture.value.suggested_filename.endswith(".png")
