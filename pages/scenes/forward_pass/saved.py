"""Saved: a network that any lesson has written as JSON comes back in: into the walk, or as a whole."""

from __future__ import annotations

import numpy as np
import streamlit as st

from nn_core.networks.activations import IDENTITY
from nn_core.networks.network import Network, parameters
from nn_core.networks.written import from_json
from nn_core.tables import TableError
from pages.scenes.forward_pass import from_file
from pages.scenes.forward_pass.walk import NO_LAYER, NONE, UP_TO, Rows, Sizes, between, matrices, tables
from pages.shared.asking.data import Table, Taken
from pages.shared.numbers import short, small
from pages.shared.stage.entrance import address_of_run
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.matrix import DIGITS, LARGEST

SCENE, WALK, WHOLE = "scene", "step by step", "from a file"
SCENES = Choice("Scene", (WALK, WHOLE), WALK)


def opening() -> Table:
    """Where the reader opens a network that any lesson has saved as JSON."""
    return Table(
        "network",
        "Open a network",
        "the text of a network.json",
        '{"layers": [{"weights": [[1.0]], "biases": [0.0], "activation": "ReLU"}, …]}',
        "On each lesson, *Save …* writes the network on the screen into *network.json*. *Step by step* has "
        "room for one or two hidden layers of at most 6 units, and for numbers of at most three decimals; "
        "*from a file* shows others, too.",
        "What stood there before still stands.",
        taken_network,
    )


def taken_network(content: str | bytes) -> Taken:
    """What the link says of the network that is written there, and what was changed for that.

    It goes to the scene that is open; where it does not fit the walk, it is shown as a whole.
    Raises TableError where it is no network, or none that there is room for; WrittenError is one.
    """
    network = from_json(content)
    if SCENES.read(address_of_run().get(SCENE, WALK)).value == WHOLE:
        return from_file.taken(network)
    try:
        return into_the_walk(network)
    except TableError as error:
        entries, remarks = from_file.taken(network)
        why = f"For the walk step by step {error}. So the scene “{WHOLE}” shows it."
        return {**entries, SCENE: SCENES.write(WHOLE)}, (why, *remarks)


def into_the_walk(network: Network) -> Taken:
    """What the link says of the network as numbers of the walk, and what was rounded for that.

    Raises TableError where the walk has no room for it.
    """
    sizes, chosen = fitting_sizes(network), activation_between(network)
    found = matrices(sizes)
    held = [held_numbers(network, name) for name in found if name != "x"]
    said = {name: found[name].write(rows) for name, rows in zip([*found][1:], held, strict=True)}
    change = float(np.abs(np.concatenate([np.ravel(rows) for rows in held]) - parameters(network)).max())
    rounded = (f"Its numbers were rounded to three decimals: none has changed by more than {small(change)}.",)
    return menus_for(sizes, chosen) | said, rounded if change else ()


def fitting_sizes(network: Network) -> Sizes:
    """The sizes of the network; raises TableError where there is no room for them."""
    if network.depth not in (1, 2):
        raise TableError(f"it must have one or two hidden layers, got {network.depth}")
    sizes = (network.n_in, *(layer.biases.size for layer in network.layers))
    if max(sizes) > len(UP_TO):
        got = " → ".join(map(str, sizes))
        raise TableError(f"it must have at most {len(UP_TO)} inputs, units of a layer and outputs, got {got}")
    return sizes


def activation_between(network: Network) -> str:
    """What the menu calls the activation of its hidden layers; raises TableError where it offers none."""
    *hidden, output = (layer.activation for layer in network.layers)
    if output != IDENTITY:
        raise TableError(f"its output must have the activation {IDENTITY.name}, got {output.name}")
    names = [name for name, each in between().items() if each == hidden[0]]
    if len(set(hidden)) > 1 or not names:
        got = " and ".join(each.name for each in hidden)
        raise TableError(f"its hidden layers must share one activation of the menu's, got {got}")
    return names[0]


def held_numbers(network: Network, name: str) -> Rows:
    """What the table of that name holds of the network's numbers; raises TableError where it cannot."""
    layer = network.layers[int(name[1:]) - 1]
    rows = layer.weights if name.startswith("W") else layer.biases[None, :]
    if np.abs(rows).max() > LARGEST:
        part = f"{'weights' if name.startswith('W') else 'biases'} of layer {name[1:]}"
        rule = f"must lie between {short(-LARGEST)} and {short(LARGEST)}"
        raise TableError(f"the {part} {rule}, got one of size {short(float(np.abs(rows).max()))}")
    return tuple(tuple(round(float(cell), DIGITS) + 0.0 for cell in row) for row in rows)


def menus_for(sizes: Sizes, chosen: str) -> dict[str, str]:
    """What the link says of the menus; the tables before have no part in what comes now."""
    for name in (*tables((1, 1, 1, 1)), "step"):
        address_of_run().pop(name, None)
    st.session_state["sizes"] = sizes
    first, second = sizes[1], sizes[2] if len(sizes) > 3 else NO_LAYER
    asked = {"inputs": sizes[0], "first": first, "second": second, "outputs": sizes[-1]}
    choice = Choice("activation between the layers", tuple(between()), NONE)
    return {**{name: str(size) for name, size in asked.items()}, "activation": choice.write(chosen)}
