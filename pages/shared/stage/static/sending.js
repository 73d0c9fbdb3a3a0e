// Sending: when what a stage asks for is told to Streamlit, and how it is told to run the whole page.
//
// Streamlit sends all that is set within a task, and by a menu just before it, in one message, and that runs one
// stage, or the page alone: what a stage asks for is set when all that came before it is on its way. And of a run of
// the page it drops what a stage has said and is not sent yet as soon as a run of that stage begins, and then takes
// the stage away: so the page has to stand, unless it is a run of a stage that goes on and is given up.

// How long a run of the page is waited for, after how long it is known that one is wanted, and how often it is looked
// whether it is over.
const STANDS_MS = 5000;
const KNOWN_MS = 50;
const LOOK_MS = 4;

let sending = Promise.resolve();
const after = (delay) => new Promise((resolve) => setTimeout(resolve, delay));

// givenUp: whether the request before it was given up.
export function alone(send, givenUp) {
  const due = () => givenUp || stands();
  sending = sending.then(() => after(0)).then(() => after(0)).then(due).then(() => void send()).catch(reportError).then(() => after(0));
}

async function stands() {
  const asked = performance.now();
  while (runs() && performance.now() - asked < STANDS_MS) await after(LOOK_MS);
}

// Whether a run is under way or wanted; where Streamlit does not tell, none is.
function runs() {
  const state = document.querySelector(".stApp")?.dataset.testScriptState ?? "notRunning";
  return state !== "notRunning";
}

// Streamlit takes this from whoever frames it, and we are among those that may (serving/html/page.py). What is asked
// for next waits until it knows that the page is to run.
export function runPage() {
  const run = () => window.postMessage({ stCommVersion: 1, type: "RERUN_SCRIPT" }, location.origin);
  sending = sending.then(run).then(() => after(KNOWN_MS));
}
