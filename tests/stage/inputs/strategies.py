"""What inputs are tested with: scales, and whatever a link or a browser may hold."""

from decimal import Decimal

from hypothesis import strategies as st

from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.scale import MOST_STEPS, Scale

MINUS = "\N{MINUS SIGN}"
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=60)
    | st.binary(max_size=8)
    | st.sampled_from([10**400, "9" * 100_000, "nan", "-Infinity", "1e999", "1;2", "~", ""]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    """A scale whose ends and step are short decimals, not always of the same length."""
    unit = Decimal(1).scaleb(-draw(st.integers(0, 4)))
    low = unit * draw(st.integers(-1000, 1000))
    step = unit * draw(st.integers(1, 100))
    last = draw(st.integers(1, MOST_STEPS - 1))
    return Scale(float(low), float(low + step * last), float(step))


@st.composite
def knobs(draw: st.DrawFn) -> Knob:
    """A knob on any such scale, that starts at any of its values."""
    scale = draw(scales())
    start = scale.at(draw(st.integers(0, scale.count - 1)))
    return Knob("the knob", scale.low, scale.high, value=start, step=scale.step)


def is_named(given: object, complaint: str | None) -> bool:
    """Whether the complaint quotes what was given; of a long text, its first 30 characters."""
    text = str(given)
    return (f"“{text}”" if len(text) <= 30 else f"“{text[:30]}…”") in (complaint or "")
