// Translation: whoever translates a page puts a <font> in the place of each text, and React goes on writing into the
// text that was there. So that text is put back, empty, before its translation. When React writes into it, or takes
// it away, the translation of what it said before goes.

const translations = new Map();
const taken = new WeakSet();
const moves = new MutationObserver(follow);
const writes = new MutationObserver(forgetWritten);

export function keepWords() {
  moves.observe(document.body, { childList: true, subtree: true });
}

function follow(changes) {
  for (const { addedNodes, removedNodes, previousSibling } of changes) {
    const font = [...addedNodes, previousSibling].find((node) => node?.nodeName === "FONT");
    for (const text of removedNodes) {
      if (translations.has(text)) forget(text);
      else if (text.nodeType === Node.TEXT_NODE && font?.isConnected && !taken.has(font)) stand(text, font);
    }
  }
  moves.takeRecords();
}

function stand(text, font) {
  forgetWritten(writes.takeRecords());
  if (font.contains(text)) text.replaceWith(text.cloneNode());
  text.data = "";
  font.before(text);
  translations.set(text, font);
  taken.add(font);
  writes.observe(text, { characterData: true });
  writes.takeRecords();
}

function forgetWritten(changes) {
  for (const { target } of changes) forget(target);
}

function forget(text) {
  translations.get(text)?.remove();
  translations.delete(text);
}
