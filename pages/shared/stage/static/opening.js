// Opening: the words and the frame with which the server's page opens stand until Python's stand still behind them.
//
// When Streamlit's letters come the words may be set in those, and nothing below them moves.

// How many pictures of the screen must be alike; and how long is waited for that once Python has said all.
const ALIKE = 2;
const PATIENCE_MS = 10_000;

export function giveWay(opening = document.querySelector(".sp-opening")) {
  if (!opening) return;
  for (const words of opening.querySelectorAll("h1, p")) words.style.height = `${words.offsetHeight}px`;
  let [before, alike, since] = [null, 0, null];
  const look = (now) => {
    const seen = standing(Boolean(opening.querySelector(".sp-frame")));
    alike = seen && seen === before ? alike + 1 : 0;
    before = seen;
    since = said() ? since ?? now : null;
    if (alike >= ALIKE || (since && now - since > PATIENCE_MS)) opening.remove();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

// Where what a reader sees first stands: the page down to its first stage, or all of a page without one. Nothing
// while some of it is on its way. framed: whether it opened with the frame of a stage.
function standing(framed) {
  const page = document.querySelector(".stMainBlockContainer");
  const stage = document.querySelector(".sp-stage");
  const coming = [...document.querySelectorAll(".stMain [data-testid=stSkeleton]")];
  const above = (node) => !stage || node.compareDocumentPosition(stage) & Node.DOCUMENT_POSITION_FOLLOWING;
  const whole = stage ? stage.dataset.theme : said() && !(framed && document.querySelector(".stBidiComponent"));
  if (!page || !whole || coming.some(above)) return null;
  const parts = [...document.querySelectorAll(".stMain h1, .sp-stage, .sp-plot, .sp-try")];
  return [page, ...parts].map((node) => Object.values(node.getBoundingClientRect().toJSON())).join();
}

// Whether Python has said all; where Streamlit does not tell, whether it has said something.
function said() {
  const state = document.querySelector(".stApp")?.dataset.testScriptState ?? "notRunning";
  return state === "notRunning" && Boolean(document.querySelector(".stMain .stElementContainer"));
}
