"""A page that its browser translates goes on: what is written anew is shown, and what is taken away goes."""

import pytest
from playwright.sync_api import Page

# How translators do it: the text is taken away, or it becomes part of what stands for it.
TRANSLATORS = {
    "takes the text away": "text.replaceWith(font); font.append('[' + text.data + ']');",
    "keeps the text inside": "text.replaceWith(font); font.append(text); text.data = '[' + text.data + ']';",
    "inserts before": "font.append('[' + text.data + ']'); text.before(font); text.remove();",
}
# React's part: two texts side by side in one paragraph, written into and taken away by their own names.
PLAY = """async ([translator, story]) => {
  const { keepWords } = await import("/translation.js");
  keepWords();
  const soon = () => new Promise((resolve) => setTimeout(resolve));
  document.body.innerHTML = "<p></p>";
  const p = document.querySelector("p");
  const texts = ["one ", "two"].map((words) => p.appendChild(document.createTextNode(words)));
  const translate = () => {
    for (const text of [...p.childNodes].filter((node) => node.nodeType === 3 && node.data)) {
      new Function("text", "font", translator)(text, document.createElement("font"));
    }
  };
  const shown = [];
  for (const step of story) {
    if (step === "translate") translate();
    else if (step === "take away") p.removeChild(texts[1]);
    else texts[1].nodeValue = step;
    await soon();
    shown.push(p.textContent);
  }
  return shown;
}"""


@pytest.mark.parametrize("translator", TRANSLATORS.values(), ids=TRANSLATORS.keys())
@pytest.mark.parametrize(
    ("story", "shown"),
    [
        (["translate", "three", "translate"], ["[one ][two]", "[one ]three", "[one ][three]"]),
        (["translate", "take away"], ["[one ][two]", "[one ]"]),
        (["translate", "three", "take away"], ["[one ][two]", "[one ]three", "[one ]"]),
        (["three", "take away"], ["one three", "one "]),
    ],
)
def test_new_words_replace_the_translation_of_the_old_ones(
    translator: str, story: list[str], shown: list[str], modules: Page
) -> None:
    assert modules.evaluate(PLAY, [translator, story]) == shown
