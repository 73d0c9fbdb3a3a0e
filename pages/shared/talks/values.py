"""Which values entries of a link take, where that is so all over a lesson: a talk names those that it cannot.

A number lies between two ends; else it is one of a few names, as links write them. What depends on anything
else is not told here, nor what there is of activations, targets and the like: the lesson names what is wrong.
"""

from typing import Any

_TOLD = {
    "single_neuron": ("bias:-10,10 weight:-10,10 x:-5,5"),
    "two_neurons": (
        "answer:drawing|plateaus c:-1,1 graph:hidden|shown left:-2.5,2.5 middle:-2.5,2.5 right:-2.5,2.5 "
        "s1:-5,5 s2:-5,5 v1:-1.5,1.5 v2:-1.5,1.5 w1:0.5,20 w2:0.5,20"
    ),
    "bumps": (
        "bumps:2|3|5|8 h1:-0.25,1.25 h2:-0.25,1.25 h3:-0.25,1.25 h4:-0.25,1.25 h5:-0.25,1.25 height:-1,1 "
        "hint:hidden|shown judge:mean_error|largest_error left:0,1 reveal:0,100 right:0,1 steepness:5,200 "
        "steps:pairs|shared_edges z1:-4,4 z2:-4,4 z3:-4,4 z4:-4,4 z5:-4,4 z6:-4,4 z7:-4,4 z8:-4,4"
    ),
    "approximator": (
        "added:0,100 below:error|contributions|error_against_N|network view:the_interval|beyond_it"
    ),
    "nonlinearity": ("alpha:0,1 layers:1|2|3 product:W1|W1W2|W1W2W3|W1W2W3W4"),
    "decision_boundary": (
        "b:-8,8 b1:-8,8 b2:-8,8 c:-8,8 hand:XOR|linear hidden:0|1|2|3|4|5|6|7|8 layers:1|2 n:10,400 "
        "network:one_neuron|two_hidden_neurons|trained noise:0,0.5 points_seed:1,50 "
        "rate:0.03|0.1|0.3|1|3|10|100|10000 seed:1,50 shown:probabilities|classes v1:-8,8 v2:-8,8 w1:-8,8 "
        "w11:-8,8 w12:-8,8 w2:-8,8 w21:-8,8 w22:-8,8"
    ),
    "towers": (
        "build:towers_of_one_steepness|towers_that_steepen|hats look:the_network|the_target "
        "made:a_wall|a_ridge|a_cross|a_tower measure:largest_error|L2_error r:1,14 sharpness:1,60 "
        "size:0.1,0.8 steepness:5,200 threshold:0,2 x1:0.1,0.9 x2:0.1,0.9"
    ),
    "forward_pass": (
        "depth:0,96 doublings:0,17 first:1|2|3|4|5|6 inputs:1|2|3|4|5|6 outputs:1|2|3|4|5|6 "
        "scene:step_by_step|from_a_file second:none|1|2|3|4|5|6 "
        "window:a_quarter|half|where_it_turns|twice|four_times|ten_times"
    ),
    "gradient_descent": (
        "b1:-4,4 b2:-4,4 ball_steps:0,60 batch:all|50|10|1 c:-4,4 "
        "class_hidden:0|1|2|3|4|5|6|7|8|9|10|11|12 class_rate:0|0.01|0.03|0.1|0.3|1|3|10|100|10000 "
        "class_seed:1|2|3|4|5|6|7|8|9|10 curve_rate:0|0.001|0.003|0.01|0.03|0.1|0.3|1|10 h_power:0,12 "
        "momentum:0,0.95 moved:-2,2 pair:1,8 part:1,5 probe_x1:-1.2,1.2 probe_x2:-1.2,1.2 "
        "rate:0|0.03|0.1|0.3|1 scene:mixer|landscape|one_step|curve|three_sines|classes "
        "seen:contours|surface|which_start_ends_where shift:-10,10 show:one_training|ten_seeds "
        "step_rate:0,2 steps:0,200 v1:-4,4 v2:-4,4 w1:-4,4 w2:-4,4 "
        "weights:zeros|too_small|too_large|Glorot|He"
    ),
    "depth": (
        "angle:0,360 layers:1,6 n:1,60 scene:cliff|folds|typical|found|not_free|narrow|squares seed:1,100 "
        "shift:-1,1 tents:2|3 units:2,256 x:-1,1 x1:0,100 x2:0,100 y:-1,1 y1:-20,120 y2:-20,120"
    ),
}


def _rule(told: str) -> dict[str, Any]:
    """Both ends of a number, or the names there are."""
    ends = told.split(",")
    if len(ends) == 2:
        return {"low": float(ends[0]), "high": float(ends[1])}
    return {"options": told.split("|")}


VALUES: dict[str, dict[str, dict[str, Any]]] = {
    lesson: {name: _rule(told) for name, _, told in (each.partition(":") for each in text.split())}
    for lesson, text in _TOLD.items()
}
"""For the name of a lesson the rules of its entries, by their names."""
