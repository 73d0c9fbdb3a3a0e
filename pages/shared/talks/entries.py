"""Which entries a link to a lesson can have: so a talk says of a link what in it is unknown."""

_NAMES = {
    "": "n",
    "single_neuron": "activation bias blind school weight x",
    "two_neurons": "activation answer b c graph guess k1 k2 left middle right s1 s2 v1 v2 w1 w11 w2 w21",
    "bumps": (
        "bumps f h1 h2 h3 h4 h5 h6 h7 h8 height hint judge left output reveal right steepness steps "
        "swap target z1 z2 z3 z4 z5 z6 z7 z8"
    ),
    "approximator": (
        "activation added below data drawing f formula from n pin sampled seed steepness target to twice "
        "view way"
    ),
    "nonlinearity": "activation alpha bent_at layers product",
    "decision_boundary": (
        "activation b b1 b2 c f hand hidden iteration layers n network noise own points points_seed "
        "changes rate seed shown signs silent v1 v2 w1 w11 w12 w2 w21 w22"
    ),
    "towers": (
        "build corner formula look made measure r sharpness size steepness surface threshold x x1 x2 y"
    ),
    "forward_pass": (
        "wider W1 W2 W3 activation b1 b2 b3 depth doublings ends first inputs outputs second step unit x "
        "scene network output window at left_out numbers level x1 x2"
    ),
    "gradient_descent": (
        "across activation b1 b2 ball_rate ball_steps batch c class_activation class_hidden "
        "class_iteration class_points class_rate class_seed curve_rate data drawing first formula "
        "at_last beating "
        "from h_power iteration label lost momentum moved optimiser p pair parameter part probe_x "
        "probe_x1 probe_x2 probe_y q rate scape scene seen shift show step_rate steps target to "
        "turns units up v1 v2 w1 w2 weights worst x y zeros "
        "fastest power sine_activation sine_rate sine_seed slowest"
    ),
    "depth": (
        "angle data drawing first formula from hidden how_high how_many how_near how_wide iteration layers "
        "n scene seed shape shift target tents times to units x x1 x2 y y1 y2"
    ),
    "convolution": (
        "another beyond column digit down drawing drop flat how_many k11 k12 k13 k21 k22 k23 k31 k32 k33 own "
        "right row scene seed shared square subject unit zeros"
    ),
    "recurrence": "b h how_many how_much iteration pulse scene seed steps three w",
    "adversaries": (
        "counts ends grows iteration order p_mean p_width penalty psi q_mean q_width rate scene seed size "
        "steps theta where"
    ),
    "attention": (
        "across doublings guess head_width heads how_many how_much iteration keys n_heads order positions "
        "scene seed sharpness text up values whose"
    ),
    "autoencoder": "beta c1 c2 digit how_much iteration kind layers sample scene seed what_then where",
    "families": "doublings width who_grows window",
}
ENTRIES = {lesson: tuple(names.split()) for lesson, names in _NAMES.items()}
"""By the lesson's name, those of old links too; "" is the home page."""
