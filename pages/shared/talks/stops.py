"""The stops of every lesson: states that are worth showing, what is seen there, and what to ask."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """A named state of a lesson.

    query: what the link says after its question mark, defaults left out. says: what is seen there, in one or
    two sentences. A readout's or an input's name in braces stands for what the picture says of it: no number
    in a sentence is written by hand. ask: what to ask the audience.
    """

    name: str
    query: str
    says: str
    ask: str


STOPS: dict[str, tuple[Stop, ...]] = {
    "single_neuron": (
        Stop(
            "A line, bent",
            "",
            "The neuron draws a straight line, z = wx + b. Then f bends it: here f is {activation}.",
            "Which of the numbers makes the curve steeper? Which one moves it sideways?",
        ),
        Stop(
            "A larger weight",
            "weight=5",
            "The weight is {weight} now. The curve is steeper, and its middle stays at x = {knot s = −b/w}.",
            "What does the curve look like if the weight goes on growing?",
        ),
        Stop(
            "The bias moves it",
            "bias=-10&weight=5",
            "With the bias {bias} the middle has moved to x = {knot s = −b/w}. That is −b divided by w.",
            "Which bias brings the middle to x = −1?",
        ),
        Stop(
            "A negative weight",
            "weight=-5",
            "With the weight {weight} the curve is turned round: high on the left, low on the right.",
            "A neuron is to say yes to slow songs only. What is the sign of its weight?",
        ),
        Stop(
            "No weight",
            "bias=1&weight=0",
            "With the weight {weight} the output is {a = f(z)}, whatever x is.",
            "What does this neuron know of its input?",
        ),
        Stop(
            "A decision",
            "activation=step&bias=-10&weight=5",
            "The step says no below x = {knot s = −b/w} and yes above it, and nothing in between.",
            "Why is it harder to learn with a step than with a sigmoid?",
        ),
    ),
    "two_neurons": (
        Stop(
            "Two steps add up",
            "",
            "Each step is multiplied by its weight, then the two are added: the sum climbs two stairs.",
            "How does the second stair change if its weight becomes negative?",
        ),
        Stop(
            "A minus makes a bump",
            "v2=-1",
            "With v₂ = {v2} the second step takes away what the first one has added. A bump is left.",
            "What has to be true of the two weights for the curve to come back to zero?",
        ),
        Stop(
            "Upside down",
            "v1=-1",
            "Both weights have changed their signs, and so the bump points down.",
            "Which knobs make the dip wider? Which make it deeper?",
        ),
        Stop(
            "They cancel",
            "s1=1&v2=-1",
            "Both edges stand at x = {s1}: the two contributions cancel everywhere, and neither is zero.",
            "Can you tell from the sum alone that there are two neurons?",
        ),
        Stop(
            "Soft steps",
            "activation=sigmoid&v2=-1&w1=2&w2=2",
            "Two sigmoids make a bump with round shoulders. It stays lower than its weight, {v1}.",
            "Why does it not reach the height of its weight?",
        ),
    ),
    "bumps": (
        Stop(
            "Two steps, one bump",
            "",
            "One step goes up at x = {left}, the other down at x = {right}. Between them the sum is "
            "{in the middle}.",
            "Which number makes the bump wider? Which one makes it higher?",
        ),
        Stop(
            "A needle",
            "height=1&left=0.48&right=0.52&steepness=200",
            "The edges are {width} apart: the bump has become a needle, {in the middle} high.",
            "How could many needles draw any curve?",
        ),
        Stop(
            "Too soft",
            "steepness=15",
            "With w = {steepness} one step begins to fall before the other is up: the top is "
            "{in the middle}, less than h = {height}.",
            "Which two mends are there, if it has to be as high as h?",
        ),
        Stop(
            "Edges change places",
            "left=0.65&right=0.35",
            "The step down comes first, and so the bump is a dip: {in the middle} in the middle.",
            "Which other knob would have turned it over?",
        ),
        Stop(
            "Bumps side by side",
            "reveal=100",
            "Five bumps with computed heights, beside their target: the mean error is "
            "{best mean error} at best.",
            "Why can no five heights be exact?",
        ),
    ),
    "approximator": (
        Stop(
            "Three neurons",
            "n=3",
            "{hidden units} hidden units follow the target roughly: the largest error is {largest error}.",
            "Where would you put a fourth neuron?",
        ),
        Stop(
            "Twelve",
            "",
            "{hidden units} hidden units: the largest error is {largest error}, at x = {at x}.",
            "How many will it take until you see no difference?",
        ),
        Stop(
            "A hundred",
            "n=100",
            "{hidden units} hidden units: the largest error is {largest error}. Proven is: at most "
            "{proven: at most}.",
            "Is the answer exact now?",
        ),
        Stop(
            "A jump stays",
            "n=100&target=jump",
            "This network is continuous and the target jumps: every such network is at least "
            "{proven: at least} off somewhere.",
            "Which activation could do better here, and why?",
        ),
        Stop(
            "Stuck",
            "activation=square",
            "With the square as activation no number of units brings the largest error below "
            "{proven: at least}.",
            "What is a sum of parabolas?",
        ),
        Stop(
            "Random features",
            "n=100&way=random_features",
            "Where these {hidden units} units bend, chance has decided; only their weights in the sum are "
            "computed. The largest error is {largest error}.",
            "Why do random units do so well, and what do they cost?",
        ),
    ),
    "nonlinearity": (
        Stop(
            "One hidden layer, no activation",
            "layers=1",
            "Without an activation the boundary is a straight line: {points on their side} points "
            "are on their side.",
            "Would more layers help?",
        ),
        Stop(
            "Three layers, no activation",
            "layers=3",
            "More layers, and still a straight line. Difference from one linear layer: "
            "{difference from one linear layer}.",
            "What became of all those numbers?",
        ),
        Stop(
            "Half an activation",
            "alpha=0.5&layers=3",
            "With α = {alpha} the layers are no longer one linear layer, and the boundary can bend: "
            "{points on their side} points.",
            "From which α on will all points be on their side?",
        ),
        Stop(
            "The whole activation",
            "alpha=1&layers=3",
            "With the whole activation {points on their side} points are on their side.",
            "What does the activation do that no matrix can?",
        ),
    ),
    "decision_boundary": (
        Stop(
            "One neuron, one line",
            "",
            "A neuron says yes on one side of a line, no on the other. This line has {points right} "
            "points right.",
            "Can you find a line that has all points right?",
        ),
        Stop(
            "The best line",
            "b=2&w1=2&w2=2",
            "{points right} points right, and no line does better: the best is {the best any line can do}.",
            "Why can no line do it?",
        ),
        Stop(
            "Two neurons, two lines",
            "network=two_hidden_neurons",
            "Two hidden neurons draw two lines, and the output weighs them: {points right} points "
            "right so far.",
            "How would you place the two lines?",
        ),
        Stop(
            "Solved",
            "b1=4&b2=-4&network=two_hidden_neurons&v1=8&v2=-8&w11=4&w12=4&w21=4&w22=4",
            "Yes between the two lines, no beyond them: {points right} points right.",
            "What is the output neuron told by the two hidden ones?",
        ),
        Stop(
            "Before learning",
            "network=trained",
            "Random numbers, and nothing learnt yet: {right in training} training points are right.",
            "What could the network look at to become better?",
        ),
        Stop(
            "Learnt",
            "iteration=2000&network=trained",
            "Nobody set these lines. {right in training} training points are right, and of those it "
            "never saw "
            "{right among those held out}.",
            "Why are there points that it never saw?",
        ),
    ),
    "towers": (
        Stop(
            "A wall",
            "",
            "One neuron of two inputs is a wall: {in the middle} behind it, and it goes on for ever.",
            "How do two walls make a ridge?",
        ),
        Stop(
            "A cross",
            "made=a_cross",
            "Two ridges cross: {in the middle} in the middle, and up to {on the arms, at most} on the arms.",
            "How could one get rid of the arms?",
        ),
        Stop(
            "A tower",
            "made=a_tower",
            "One more neuron keeps only what is high enough: {in the middle} in the middle, "
            "{on the arms, at most} on the arms.",
            "Why does this take a second hidden layer?",
        ),
        Stop(
            "The threshold too low",
            "made=a_tower&threshold=0.5",
            "With the threshold at {threshold} the arms pass, too: up to {on the arms, at most}.",
            "Between which two heights must the threshold lie?",
        ),
        Stop(
            "Many towers",
            "r=14",
            "Towers of one steepness, {r} by {r}: somewhere the surface is still {largest error} off.",
            "Where are the holes, and why are they there?",
        ),
        Stop(
            "Hats",
            "build=hats&r=14",
            "Hats instead of towers, {r} by {r}: no holes, and the largest error is {largest error}.",
            "What do neighbouring hats add up to?",
        ),
    ),
    "forward_pass": (
        Stop(
            "The first product",
            "",
            "The first input times its weight: every neuron begins with one multiplication.",
            "What comes next?",
        ),
        Stop(
            "A sum",
            "step=4",
            "The products are added, one after the other, to the sum of the first unit.",
            "What is still missing until the unit is done?",
        ),
        Stop(
            "The answer",
            "step=16",
            "Multiplied and added {multiplications} times, and the answer is there: "
            "{is the output above 0?}.",
            "Which input would you change to get the other answer?",
        ),
        Stop(
            "What it costs",
            "depth=3&doublings=7",
            "{multiplications} multiplications: by hand, one a second, that takes {by hand, one a second}.",
            "How long does a computer take?",
        ),
        Stop(
            "A very large network",
            "depth=96&doublings=17",
            "{parameters} parameters: by hand one answer takes {by hand, one a second}.",
            "How many times larger is the memory that it takes than yours?",
        ),
        Stop(
            "From a file",
            "left_out=1&scene=from_a_file",
            "A network that was saved, {parameters} numbers in all. Without one of its units the output "
            "changes by {without the unit it changes by}.",
            "Which unit would you miss most?",
        ),
    ),
    "gradient_descent": (
        Stop(
            "Seven knobs",
            "",
            "Seven knobs, one error: the loss is {your loss}. The arrows say which way to turn each knob.",
            "Which knob would you turn first?",
        ),
        Stop(
            "Twenty steps",
            "steps=20",
            "The gradient turns all knobs at once, a little: after {steps} steps its loss is "
            "{the gradient’s loss}.",
            "Why does it turn every knob only a little?",
        ),
        Stop(
            "Two hundred",
            "steps=200",
            "After {steps} steps its loss is {the gradient’s loss}.",
            "Could you do better by hand?",
        ),
        Stop(
            "Too fast",
            "rate=1&steps=200",
            "With the learning rate {rate} it jumps too far, and the numbers outgrow all bounds {diverged}.",
            "How would you notice this in a network with a million knobs?",
        ),
        Stop(
            "Downhill",
            "ball_steps=60&scene=landscape",
            "The ball always rolls downhill. From here it ends in the {and ends in}, at the height "
            "{height now}.",
            "Does the start decide where it ends?",
        ),
        Stop(
            "The other valley",
            "ball_steps=60&p=1&scene=landscape",
            "Another start, and it ends in the {and ends in}, at the height {height now}: downhill "
            "it goes no farther.",
            "How could it get out of there?",
        ),
        Stop(
            "A step too far",
            "part=5&scene=one_step&step_rate=0.9",
            "One step with the learning rate {step_rate}: the loss goes from {loss before} up to "
            "{loss after the step}.",
            "The step went the right way. What went wrong?",
        ),
        Stop(
            "A curve, learnt",
            "iteration=4000&scene=curve",
            "After training the root mean square error is {root mean square error}; built by hand, it is "
            "{the same, built by hand}.",
            "The better network exists. Why does training not find it?",
        ),
        Stop(
            "Slow first",
            "iteration=4000&power=3&scene=three_sines",
            "After training the network has learnt {learnt of sin πx} of the slow sine, {learnt of sin 4πx} "
            "of the next and {learnt of sin 10πx} of the fast one.",
            "If a network is stopped early, what does it leave out?",
        ),
    ),
    "depth": (
        Stop(
            "Tents in tents",
            "",
            "Every layer doubles the ups and downs: {times} layers of two units. One layer of {units} units "
            "gives up on the way; its largest error is {largest error of one layer}.",
            "How many units does one layer need to follow?",
        ),
        Stop(
            "Two units too few",
            "units=30",
            "One layer has {units} units now, and its largest error is still {largest error of one layer}. "
            "That it is {proven}, whatever the weights are, can be proven by counting.",
            "How often does the deep curve cross the line at one half? How often can one layer?",
        ),
        Stop(
            "Enough",
            "units=32",
            "With {units} units the largest error is {largest error of one layer}. The parameters: "
            "{parameters}.",
            "What happens to both numbers with one more tent?",
        ),
        Stop(
            "Four folds",
            "scene=folds&times=4",
            "Folded {times} times, the sheet has {straight parts} straight parts, and one cut is there in "
            "all of them.",
            "Does the deep network know more than one line?",
        ),
        Stop(
            "Not typical",
            "scene=typical&shape=8_3",
            "Random weights: {straight pieces} straight pieces here, {on average, 100 seeds} on average, "
            "though {possible, at most} would be possible.",
            "So where do the patterns of a deep network come from?",
        ),
        Stop(
            "Not found",
            "iteration=600&scene=found",
            "Of the trainings of the very shape that can be exact, {have found it} have found it.",
            "What would you change: the weights at the start, the width, the target?",
        ),
        Stop(
            "Not free",
            "n=30&scene=not_free",
            "The same straight pieces, one a layer: {parameters} parameters.",
            "What would a target have to be like for depth to pay?",
        ),
        Stop(
            "One unit a layer",
            "scene=narrow",
            "One unit a layer only rises or only falls: no such network is nearer than "
            "{proven for width 1: at least}.",
            "What is the least width with which depth is enough?",
        ),
    ),
    "convolution": (
        Stop(
            "A window",
            "",
            "Nine pixels times nine numbers, added: {y at the window} here.",
            "What does the answer look like if all nine numbers are the same?",
        ),
        Stop(
            "Upright edges",
            "k11=-1&k12=0&k13=1&k21=-1&k22=0&k23=1&k31=-1&k32=0&k33=1",
            "The nine numbers add up to {sum of the nine numbers}. The answers go from {smallest y} to "
            "{largest y}: edges, found by nine numbers.",
            "Why is one edge blue, and the other one orange?",
        ),
        Stop(
            "Level edges",
            "k11=-1&k12=-1&k13=-1&k21=0&k22=0&k23=0&k31=1&k32=1&k33=1",
            "The same numbers, turned: now upright edges are silent. Here the answer is {y at the window}.",
            "Which nine numbers would find a slanted edge?",
        ),
        Stop(
            "Outline",
            "k11=0&k12=-1&k13=0&k21=-1&k22=4&k23=-1&k31=0&k32=-1&k33=0&subject=disc",
            "The middle against its four neighbours: the answers go from {smallest y} to {largest y}, and "
            "nothing comes out inside.",
            "What would have to be in the picture for the largest answer there is?",
        ),
        Stop(
            "Stripes",
            "scene=shared_weights",
            "The same as a dense layer: {weights that are not 0} weights are not zero, and among them are "
            "{different numbers, 0 aside} different numbers. Shift first or last: the difference is "
            "{largest difference}.",
            "What happens to the difference if one single weight goes its own way?",
        ),
        Stop(
            "One weight of its own",
            "own=2&scene=shared_weights",
            "One weight has changed, by {own}. Now it matters what comes first: the two pictures differ by "
            "{largest difference}.",
            "Where do they differ, and why only there?",
        ),
        Stop(
            "Digits in the middle",
            "scene=digits",
            "Two networks, both trained in the middle. Of all digits here: convolution {all digits here, "
            "convolution}, dense {all digits here, dense}.",
            "One pixel to the right: what will happen to these two numbers?",
        ),
        Stop(
            "One pixel",
            "right=1&scene=digits",
            "Everything is moved one pixel to the right. Convolution: {all digits here, convolution}. Dense: "
            "{all digits here, dense}.",
            "Where in the dense network would it have to be written that moving changes nothing?",
        ),
        Stop(
            "No room",
            "digit=1&down=-4&right=4&scene=digits&zeros=none",
            "Without zeros around the field, in the corner, the convolution has {all digits here, "
            "convolution}.",
            "Which windows are missing here?",
        ),
        Stop(
            "A black square",
            "drawing=gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg&scene=yours",
            "Ink in {pixels with ink} pixels, a digit to nobody. Convolution: {convolution says}. Dense: "
            "{dense says}.",
            "What would a network need that it could say: this is none?",
        ),
        Stop(
            "Three opinions",
            "another=yes&drawing=00gggg000ggggg0000000gg0000000gg00000gg000000gg0000000gg00000gg&scene=yours",
            "One drawing, three networks, the same digits learnt. Convolution: {convolution says}. The same, "
            "trained anew: {trained anew, it says}. Dense: {dense says}.",
            "Whom would you believe, and why?",
        ),
    ),
    "recurrence": (
        Stop(
            "Forgets",
            "",
            "With w = {w} the curve meets the diagonal once. Wherever it starts, it ends at {ends at}.",
            "How can it come to depend on where it started?",
        ),
        Stop(
            "Remembers",
            "w=2",
            "With w = {w} there are more: {fixed points}. It ends at {ends at}, and from the other side "
            "at the other one.",
            "Why does it not stay in the middle?",
        ),
        Stop(
            "Beyond the border",
            "b=0.54&h=-1&w=2",
            "The bias is {b}, and the border {three if |b| is below}. It crawls, and ends at {ends at}: one "
            "memory is gone.",
            "Where on the map would the same bias do no harm?",
        ),
        Stop(
            "A bit, forgotten",
            "scene=a_bit_kept",
            "{steps} steps after the pulse the state is {h, written +}: the bit is {the bit is}.",
            "What does w have to be?",
        ),
        Stop(
            "Kept, at a price",
            "scene=a_bit_kept&w=1.5",
            "Now the bit is {the bit is}: {h, written +}. The gradient through the same steps is {gradient}.",
            "How would training learn from so long ago?",
        ),
        Stop(
            "Not yet trained",
            "scene=trained",
            "Random weights: {always right} networks are always right on the long sequences, though "
            "{eigenvalue above 1} stretch.",
            "They are trained on short sequences only. Will they know the long ones?",
        ),
        Stop(
            "Trained on short ones",
            "iteration=100&scene=trained",
            "After {iteration} iterations {always right} are always right, and of {eigenvalue above 1} "
            "the largest eigenvalue is above one.",
            "What have they learnt, if not to count steps?",
        ),
    ),
    "attention": (
        Stop(
            "A soft look-up",
            "",
            "The query is held against four keys. The best one gets {largest weight} of the weight; the "
            "output is the mean of the values with these weights.",
            "Which value does the output go to when the query turns?",
        ),
        Stop(
            "The plain mean",
            "sharpness=0",
            "With β = {sharpness} the query is not heard at all: each value gets {largest weight}.",
            "Where does the output stand now, and why there?",
        ),
        Stop(
            "A sharp look-up",
            "across=1.2&sharpness=20",
            "A longer query, and β = {sharpness}: the best key gets {largest weight}. Now it is nearly a "
            "dictionary.",
            "What is lost when a look-up is so sharp that it jumps?",
        ),
        Stop(
            "Not to be told apart",
            "keys=1_-0.2__1_-0.2__-0.9_0.1__0.2_-0.9&sharpness=20",
            "Two keys stand at the same place. With β = {sharpness} the best key still gets only "
            "{largest weight}.",
            "Which query would find one of the two alone?",
        ),
        Stop(
            "Blind to order",
            "order=22&scene=order",
            "The sentence is “{sentence}” now. The outputs of its words differ by "
            "{outputs differ by at most}.",
            "How could such a head know who bites whom?",
        ),
        Stop(
            "Told the places",
            "order=22&positions=1&scene=order",
            "Now numbers for the place are added to each word. “{sentence}”: the outputs differ by up "
            "to {outputs differ by at most}.",
            "What can a head look for now that it could not before?",
        ),
        Stop(
            "It goes on",
            "scene=induction&sharpness=6",
            "Nothing is trained here. Of the first half {told in the first half} is told, of the second half "
            "{told in the second half}.",
            "Where does each of the two heads look, and what does the second need from the first?",
        ),
        Stop(
            "The second alone",
            "heads=the_second_alone&scene=induction&sharpness=6",
            "The second head without the first: of the second half {told in the second half} is told.",
            "What is missing from its rows?",
        ),
        Stop(
            "Learnt",
            "iteration=300&scene=recall",
            "After {iteration} steps {right, of new tasks} of the answers are right, and a diagonal stands "
            "in the table of scores.",
            "Who told the head to look at the key that is asked for?",
        ),
        Stop(
            "The other way round",
            "iteration=300&scene=recall&seed=2",
            "Another seed, and {right, of new tasks} are right as well. But the own key’s score is ahead by "
            "{own key’s score ahead by}: it is behind.",
            "How can it be right when it looks at all keys but the right one?",
        ),
        Stop(
            "A block of GPT-3",
            "doublings=11&head_width=128&n_heads=96&scene=block",
            "{n_heads} heads of {head_width}: one block has {in all} parameters, {of the dense layers} of "
            "them in its dense layers.",
            "Which of these numbers grow when the text gets longer?",
        ),
    ),
    "autoencoder": (
        Stop(
            "Two numbers",
            "",
            "Every digit held out stands where its two numbers are. The nearest code to the point is "
            "{nearest code}.",
            "Which digits lie side by side, and why these?",
        ),
        Stop(
            "The linear plane",
            "kind=linear",
            "The same digits in the best straight plane. The error of all: {error, all held out}.",
            "What can a curved sheet do that a plane cannot?",
        ),
        Stop(
            "Far outside",
            "c1=3&c2=-3",
            "Nobody has been here: {nearest code}. The decoder draws all the same.",
            "How would you find out whether to believe an answer?",
        ),
        Stop(
            "One direction",
            "iteration=90&scene=linear",
            "After {iteration} iterations the error is {error}; the least there can be is "
            "{least of two directions, by SVD}.",
            "Has it ended? What would you look at to know?",
        ),
        Stop(
            "Principal components",
            "iteration=1500&scene=linear",
            "At the end the error is {above it by} above the least, and the angle is {angle between the "
            "planes}.",
            "It has found the plane. Has it found its two directions?",
        ),
        Stop(
            "What a code says",
            "scene=variational",
            "A nat costs β = {beta}: a code says {KL, in nats} nats on average.",
            "Which random codes give digits that one can read?",
        ),
        Stop(
            "Collapse",
            "beta=3.5&scene=variational",
            "At β = {beta} the code says {KL, in nats} nats. Everything is drawn as the mean.",
            "Why does it pay to say nothing?",
        ),
    ),
    "adversaries": (
        Stop(
            "Round and round",
            "steps=120",
            "A generator and a judge, one number each, move at once. After {steps} steps their distance from "
            "the balance is {distance now}.",
            "Each does what is best for it. Will they ever rest?",
        ),
        Stop(
            "Farther out",
            "steps=500",
            "After {steps} steps the distance is {distance now}: a straight step on a circle ends outside.",
            "Would smaller steps help?",
        ),
        Stop(
            "In turn",
            "order=in_turn&steps=500",
            "First the judge, then the generator: after {steps} steps the distance is {distance now}. The "
            "eigenvalues are {eigenvalues}.",
            "What would have to change for them to come home?",
        ),
        Stop(
            "A penalty",
            "penalty=0.3&steps=500",
            "With a penalty of {penalty} on the judge the distance falls to {distance now}. The eigenvalues "
            "are {eigenvalues}.",
            "Which part of them has changed?",
        ),
        Stop(
            "What the best judge says",
            "p_mean=2&q_mean=-2&scene=judge",
            "Two bells, {distance W} apart, and the best judge of them. The divergence is "
            "{Jensen–Shannon divergence}; it is never more than {ln 2}, the logarithm of two.",
            "The generator is drawn by the slope of the judge. Where is there any?",
        ),
        Stop(
            "Nothing to hear",
            "p_mean=4&q_mean=-4&scene=judge",
            "Twice as far apart, the divergence is {Jensen–Shannon divergence}, and the pull of the game "
            "{pull of the game}; the distance W has doubled to {distance W}.",
            "What would you give the generator for a goal?",
        ),
        Stop(
            "Never at rest",
            "iteration=2000&scene=live",
            "A generator and a judge, trained for {iteration} steps. The mean is {mean of what is made}; the "
            "width went from {width in the last third, from} to {to} in the last third alone.",
            "When would you stop this training?",
        ),
        Stop(
            "The same judge, at rest",
            "counts=3&iteration=2000&scene=live",
            "The judge counts from the genuine mean, and can say neither more nor less. Now the width stays "
            "between {width in the last third, from} and {to}.",
            "What has changed, if not what the judge can say?",
        ),
    ),
    "families": (
        Stop(
            "The same, read by five",
            "",
            "Five layers read {read at once} numbers. The dense one has {dense} of its own, the recurrence "
            "{recurrence}.",
            "What happens to each of the five if the text gets twice as long?",
        ),
        Stop(
            "A page",
            "doublings=9",
            "{read at once} numbers: the dense layer has {dense}. Attention still has {attention}.",
            "Which two curves rise, and why these?",
        ),
        Stop(
            "A word",
            "doublings=0",
            "One place alone: the dense layer has {dense}, and attention {attention}. Nothing is saved here.",
            "From which length on does tying pay?",
        ),
        Stop(
            "Work is another matter",
            "doublings=12&width=2",
            "{read at once} numbers. Attention has only {attention} numbers, but look at the lower plot.",
            "Why does attention multiply about as often as the dense layer here?",
        ),
    ),
}
