"""From a file: any network that was saved, as a curve or over the plane, and what it is made of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.networks.network import Network, parameters
from nn_core.networks.packed import packed, unpacked
from nn_core.tables import TableError
from pages.scenes.forward_pass import across, along
from pages.scenes.forward_pass.opened import EXAMPLE, Opened, heights_fit, opened
from pages.shared.asking import menus
from pages.shared.asking.data import Taken
from pages.shared.glossary.telling import tell as explain
from pages.shared.markdown import literal
from pages.shared.numbers import grouped, lowered, small
from pages.shared.prose import two_columns
from pages.shared.stage.entrance import link

ENTRY, LONGEST = "network", 8_000
WIDTHS = {
    "a quarter": 0.25, "half": 0.5, "where it turns": 1.0, "twice": 2.0, "four times": 4.0, "ten times": 10.0,
}  # fmt: skip
AS_IT_TURNS = "where it turns"
MENU_WIDTH = 200


def taken(network: Network) -> Taken:
    """What the link says of a network that is shown as a whole, and what was rounded for that.

    Raises TableError where a link has no room for it, or its outputs are no numbers.
    """
    text = packed(network)
    if len(text) > LONGEST:
        sizes = " → ".join(str(size) for size in Opened(text).sizes)
        raise TableError(
            f"a link has room for about {LONGEST // 6} weights and biases, and of the sizes {sizes} there "
            f"are {grouped(network.n_parameters)}"
        )
    require_numbers(Opened(text))
    change = float(np.abs(parameters(unpacked(text)) - parameters(network)).max())
    rounded = (f"Its numbers were rounded to seven digits: none has changed by more than {small(change)}.",)
    return {ENTRY: text}, rounded if change else ()


def require_numbers(network: Opened) -> None:
    """Raise TableError where an output that would be shown is too large to be drawn."""
    if network.whole.n_in in SHOWN:
        for output in range(network.whole.n_out):
            if not heights_fit(drawn_heights(Opened(network.text, output))):
                raise TableError(f"output {output + 1} must stay below 10⁹ in size where it is drawn")


def drawn_heights(network: Opened) -> np.ndarray:
    """The outputs at the points of the widest picture."""
    widest = max(WIDTHS.values())
    with np.errstate(all="ignore"):
        found = along.curves if network.whole.n_in == 1 else across.heights_of
        return np.asarray(found(network, widest).whole)


def linked_network() -> str:
    """The text of the network in the link; the example where there is none, or none that can be read."""
    said = link().get(ENTRY, EXAMPLE)
    try:
        require_numbers(Opened(said))
    except TableError as error:
        st.warning(f"The network in the link: {literal(str(error))}. An example stands.")
        return EXAMPLE
    return said


# ---- the scene ----------------------------------------------------------------------------------------

SHOWN: dict[int, Callable[[Opened, float], None]] = {1: along.show, 2: across.show}


def show(row: DeltaGenerator) -> None:
    """The picture of the network in the link, what it is made of, and the words. row: for the menus."""
    text = linked_network()
    if ENTRY not in link():
        st.caption("Until you open one, this is an example: a curve built of 12 ReLUs.")
    network = opened(text, asked_output(row, unpacked(text)))
    picture = SHOWN.get(network.whole.n_in)
    if picture:
        chosen = menus.choose(
            row.container(width=MENU_WIDTH), "Width of the picture", [*WIDTHS], "window", AS_IT_TURNS
        )
        picture(network, WIDTHS[chosen])
    else:
        st.info(
            f"A curve has one input and a plane two; this network has {grouped(network.whole.n_in)}. So its "
            "numbers are counted below, and not drawn."
        )
    made_of(network)
    two_columns(WHAT, WHOSE)


def asked_output(row: DeltaGenerator, network: Network) -> int:
    """Which output is shown, from 0; asked for where there are several."""
    if network.n_out == 1 or network.n_in not in SHOWN:
        return 0
    options = [str(number) for number in range(1, network.n_out + 1)]
    return int(menus.choose(row.container(width=MENU_WIDTH), "Output", options, "output", "1")) - 1


def made_of(network: Opened) -> None:
    """The network's matrices, layer by layer."""
    st.header("What it is made of")
    layers = [
        f"{index}. W{lowered(index)}: {grouped(layer.weights.shape[0])} × {grouped(layer.biases.size)} "
        f"weights, b{lowered(index)}: {grouped(layer.biases.size)} biases, then *{layer.activation.name}*"
        for index, layer in enumerate(network.whole.layers, 1)
    ]
    explain("\n".join([LAYERS, "", *layers, "", f"Together {grouped(network.whole.n_parameters)} numbers."]))


# ---- the words ----------------------------------------------------------------------------------------

LAYERS = "Layer by layer, W has a row for each input and a column for each unit:"
WHAT = """
## What to try

On any lesson, choose *Save …* and keep the network as *network.json*. Open it here, and leave out one unit of
its last hidden layer after another: what is left without it is dashed. Some units carry much of the curve,
and of others you would hardly miss one.
"""
WHOSE = """
## What it shows

A file of numbers is all there is to a network: whoever has them computes the same outputs. The file does not
say what the network is for, nor where its inputs lie. So the picture is as wide as the first layer turns: a
unit turns where its weighted sum changes its sign. *Width of the picture* shows more of it, or less.
"""
