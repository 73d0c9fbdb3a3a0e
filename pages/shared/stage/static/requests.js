// Requests: what a stage asks Python, when it is its turn, and what is done where no answer comes.
//
// One request is under way at a time, of all the stages on a page: a second run would cut the first one short.
// What is wanted meanwhile is asked in one request as soon as the answer is there.

const LOST_MS = 5000;
const CLOCK = {
  now: () => Date.now(),
  setTimeout: (act, delay) => setTimeout(act, delay),
  clearTimeout: (timer) => clearTimeout(timer),
};

// Whose turn it is, and who waits for it.
export class Turns {
  constructor() {
    this.asking = null;
    this.waiting = new Set();
  }

  // Takes the turn, or a place among those that wait; says which.
  take(requests) {
    if (this.asking && this.asking !== requests) {
      this.waiting.add(requests);
      return false;
    }
    this.asking = requests;
    this.waiting.delete(requests);
    return true;
  }

  give(requests) {
    if (this.asking === requests) this.asking = null;
    for (const each of [...this.waiting]) each.pump();
  }

  leave(requests) {
    this.waiting.delete(requests);
    this.give(requests);
  }
}

const PAGE = new Turns();

export class Requests {
  // send: takes a request to Python as soon as it can: with whether the one before it was given up, and with what it
  // calls when it goes, which says whether it is wanted still. values: tells the values to send with it. runPage: has the whole page run.
  constructor({ send, values, runPage = () => {}, turns = PAGE, clock = CLOCK }) {
    Object.assign(this, { send, values, runPage, turns, clock });
    Object.assign(this, { asked: null, wanted: null, patience: LOST_MS, closed: false, givenUp: false });
  }

  get busy() {
    return Boolean(this.asked || this.wanted);
  }

  // Whether values are on their way into the link, so that what is committed is not known yet.
  get committing() {
    return Boolean(this.asked?.commit || this.wanted?.commit);
  }

  // Whether a grip is on its way, so that the values it gives are not known yet.
  get gripping() {
    return Boolean(this.asked?.grip || this.wanted?.grip);
  }

  // sweep: the name of an input. rest: whether a part of it is there. hint: the task that one is wanted for.
  // file: the name of one to take away. commit: whether the values go into the link. grip: which one, and where to.
  want(more) {
    this.wanted = joined(this.wanted, more);
    if (this.asked?.rest && !more.rest) this.giveUp();
    this.pump();
  }

  // The rest of a sweep, which is long in coming where many ask, keeps nothing else from being asked.
  giveUp() {
    this.clock.clearTimeout(this.losing);
    this.asked = null;
    this.givenUp = true;
  }

  // A message has come; returns the request that it answers, if it answers one.
  // A session that knows of no request (reply null) has lost it, and it is asked again.
  settle(reply) {
    this.closed = false;
    const { asked } = this;
    if (!asked || (reply !== null && reply !== asked.id)) return null;
    this.patience = LOST_MS;
    this.end();
    if (reply !== null) return asked;
    this.again(asked);
    return null;
  }

  // Asks nothing any more, until a message comes.
  close() {
    this.closed = true;
    this.wanted = null;
    this.end();
  }

  pump() {
    if (this.closed || this.asked || !this.wanted || !this.turns.take(this)) return;
    const { sweep, rest, commit, grip, hint, file } = this.wanted;
    const id = `${this.clock.now()}-${Math.random()}`;
    // A commit makes room first: the sweep, the hint or the file comes with the next request.
    this.wanted = commit && (sweep || hint || file) ? joined({ sweep, rest, hint, file }) : null;
    this.asked = { id, values: this.values(), sweep: commit ? null : sweep, commit, grip };
    if (hint && !commit) this.asked.hint = hint;
    if (file && !commit) this.asked.file = file;
    if (rest && !commit) this.asked.rest = true;
    const { asked, givenUp } = this;
    this.givenUp = false;
    this.send(asked, givenUp, () => this.goes(asked));
  }

  goes(asked) {
    if (this.asked !== asked) return false;
    this.losing = this.clock.setTimeout(() => this.lose(), this.patience);
    return true;
  }

  // No answer: it was lost, or the server is busy, and to ask for a sweep again would keep it so. A server that
  // was started anew knows the stage once it has run the page. Of a file that took long its sweeps are kept by now.
  lose() {
    const { commit, grip, file } = this.asked;
    this.patience *= 2;
    this.end();
    this.runPage();
    this.again({ commit, grip, file });
  }

  end() {
    this.clock.clearTimeout(this.losing);
    this.asked = null;
    this.turns.leave(this);
  }

  // What was wanted since stands before what was asked and has to be asked again.
  again(asked) {
    this.wanted = joined(asked, this.wanted);
    this.pump();
  }
}

// Both wishes in one; where they cannot both be met, the later one.
function joined(early, late) {
  return {
    sweep: late?.sweep ?? early?.sweep ?? null,
    rest: Boolean(late?.sweep ? late.rest : early?.rest),
    commit: Boolean(early?.commit || late?.commit),
    grip: late?.grip ?? early?.grip ?? null,
    hint: late?.hint ?? early?.hint ?? null,
    file: late?.file ?? early?.file ?? null,
  };
}
