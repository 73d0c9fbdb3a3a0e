// History: whatever the reader does in one go is one entry of the browser's history, whoever writes the address.
//
// Streamlit makes an entry of every address that Python writes, also where it puts a link right, and none of
// those that its menus write. Here the first change of the address after something the reader did is an entry,
// and what follows from it is written over that entry.

const ACTS = ["pointerup", "click", "keydown"];
const GOES_ON_MS = 3000;

export class Entries {
  // address: where the page is. clock: the milliseconds now.
  constructor(address, clock) {
    this.address = address;
    this.clock = clock;
    this.act = null;
  }

  // The reader did something. Presses of keys at one place, with short rests, are one act.
  did({ type, target }) {
    const at = this.clock();
    const { act } = this;
    const goesOn = act?.type === type && act.target === target && at - act.at < GOES_ON_MS;
    if (type === "keydown" && goesOn) act.at = at;
    else this.act = { type, target, at, entered: false };
  }

  // The reader went back or forward: what is written now belongs to the entry that they came to.
  went() {
    this.act = null;
  }

  // How an address is to be written: "pushState" makes an entry, "replaceState" none. The same once more is none.
  way(asked, url) {
    const { pathname, search, hash, href } = this.address();
    const next = new URL(url ?? href, href);
    if (next.pathname !== pathname) return asked;
    if (next.search === search) return next.hash === hash ? "replaceState" : asked;
    if (!this.act || this.act.entered) return "replaceState";
    this.act.entered = true;
    return "pushState";
  }
}

let kept = null;

// written: told of every address that is written, what it was and what it is.
export function keepEntries(written) {
  if (kept) return;
  kept = new Entries(() => window.location, () => performance.now());
  for (const act of ACTS) document.addEventListener(act, (event) => kept.did(event), true);
  window.addEventListener("popstate", () => kept.went(), true);
  const write = { pushState: history.pushState, replaceState: history.replaceState };
  for (const asked of Object.keys(write)) {
    history[asked] = (state, title, url) => {
      const before = new URL(window.location.href);
      write[kept.way(asked, url)].call(history, state, title, url);
      written(before, window.location);
    };
  }
}
