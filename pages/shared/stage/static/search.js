// A search: the step of a scale at which a point comes nearest to a target, where only the steps that were tried
// tell where the point is then.

const FIRST = 1 / 20;
const NEAR_PIXELS = 1;

// The step to try next, of `count`; where that is one that was tried already, it is the nearest there is.
// tried: where the point was, in pixels, by step. target: where it is wanted.
export function nextStep(tried, target, count) {
  const nearest = nearestStep(tried, target);
  if (apart(tried.get(nearest), target) < NEAR_PIXELS) return nearest;
  const steps = [...tried.keys()].sort((a, b) => a - b);
  if (steps.length === 1) {
    const far = Math.max(Math.round(count * FIRST), 1);
    return steps[0] + far < count ? steps[0] + far : steps[0] - far;
  }
  const guesses = steps.slice(0, -1).map((step, index) => {
    const next = steps[index + 1];
    const [from, to] = [tried.get(step), tried.get(next)];
    const wanted = step + along(from, to, target) * (next - step);
    // Beyond the steps that were tried the first and the last stretch go straight on.
    const [low, high] = [index === 0 ? 0 : step, index === steps.length - 2 ? count - 1 : next];
    const guess = Math.min(Math.max(wanted, low), high);
    const share = (guess - step) / (next - step);
    const there = from.map((start, k) => start + share * (to[k] - start));
    return { step: Math.round(guess), miss: apart(there, target) };
  });
  return guesses.reduce((best, guess) => (guess.miss < best.miss ? guess : best)).step;
}

// Of the steps that were tried the one that brought the point nearest.
export function nearestStep(tried, target) {
  const miss = ([, place]) => apart(place, target);
  return [...tried].reduce((best, each) => (miss(each) < miss(best) ? each : best))[0];
}

function apart(one, other) {
  return Math.hypot(one[0] - other[0], one[1] - other[1]);
}

// How much of the way from one place to the other lies nearest to the target; 2 where they are one place.
function along(from, to, target) {
  const way = from.map((start, k) => to[k] - start);
  const length = way.reduce((sum, each) => sum + each * each, 0);
  if (length < 1e-6) return 2;
  return way.reduce((sum, each, k) => sum + each * (target[k] - from[k]), 0) / length;
}
