// The link to what is shown, as others are told of it: without what belongs to this window alone.

import { queryOf } from "./kept.js";

// Some programs cut links that are longer.
export const LONGEST = 2000;
// What is worth naming where a link is too long, in characters.
const LARGE = 100;

// more: what the link says besides, by name.
export function linkOf({ origin, pathname, search }, more = {}) {
  const query = [queryOf(search), new URLSearchParams(more)].map(String).filter(Boolean).join("&");
  return `${origin}${pathname}${query && `?${query}`}`;
}

// What is to be said of a link that is too long, and what to leave out; empty where it is not.
// called: what an entry of the link is called on the page.
export function tooLong(link, called) {
  if (link.length < LONGEST) return "";
  const entries = [...new URL(link).searchParams].map(([name, text]) => ({ name, length: name.length + text.length + 2 }));
  const largest = entries.filter(({ length }) => length >= LARGE).sort((one, other) => other.length - one.length);
  const named = largest.map(({ name, length }) => `${called(name)} (${length})`).join(", ");
  return `This link has ${link.length} characters, and some programs cut what is longer than ${LONGEST}. Leave out some of what takes most of them: ${named}.`;
}
