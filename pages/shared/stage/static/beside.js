// Beside Streamlit: while a hand draws, pictures are asked for one at a time without a run of Streamlit's, which
// goes through the whole page each time. Where this way is closed the stage asks as ever. Python: beside.py.

import { unpack } from "./wire.js";

const LOST_MS = 5000;
// Of several processes one knows the door, and which of them a new connection meets is chance.
const TRIES = 6;
const WHERE = () => new URL("./asked", document.baseURI);

export class Beside {
  // show: takes the picture, and the paths under which it differs from the last one, null where all may. fail: asks
  // for these values as ever.
  constructor({ resolve, show, fail, fetch = (...asked) => window.fetch(...asked) }) {
    Object.assign(this, { resolve, show, fail, fetch, door: null, closed: null, busy: false, next: null, since: null });
  }

  // The stage's door, as the last message says it: what is asked before is out of date.
  open(door) {
    this.door = door === this.closed ? null : door;
    this.turn = {};
    this.next = null;
  }

  // Asks for the picture at these values, once the last answer is there; says whether it can.
  ask(values) {
    if (!this.door) return false;
    this.next = values;
    if (!this.busy) this.pump();
    return true;
  }

  async pump() {
    this.busy = true;
    while (this.next && this.door) {
      const { door, next: values, turn } = this;
      this.next = null;
      const answer = await this.send({ door, values, since: this.since }).catch(() => null);
      if (turn === this.turn) this.take(answer, values, door);
    }
    this.busy = false;
  }

  async send(question) {
    const body = JSON.stringify(question);
    let said = null;
    for (let tries = 0; tries < TRIES && (!said || said.status === 404); tries++) {
      said = await this.fetch(WHERE(), { method: "POST", body, signal: AbortSignal.timeout(LOST_MS) });
    }
    if (!said.ok) throw new Error(`asked beside Streamlit: ${said.status}`);
    const answer = await unpack(new Uint8Array(await said.arrayBuffer()));
    const before = this.picture;
    this.since = answer.name;
    this.picture = answer.paths ? this.changed(answer) : this.resolve(answer.picture);
    return { picture: this.picture, before, paths: answer.paths };
  }

  // The picture that is here with what differs.
  changed({ paths, leaves }) {
    return paths.reduce((picture, path, index) => put(picture, path, this.resolve(leaves[index])), this.picture);
  }

  take(answer, values, door) {
    if (answer) return this.show(answer);
    this.since = null;
    this.closed = door;
    this.door = null;
    this.fail(this.next ?? values);
  }
}

// The same with another leaf at this path; what lies beside the path is shared.
function put(node, [step, ...rest], leaf) {
  const copy = Array.isArray(node) ? [...node] : { ...node };
  copy[step] = rest.length ? put(node[step], rest, leaf) : leaf;
  return copy;
}
