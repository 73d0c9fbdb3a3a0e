// Alone: what answers a stage in a file without a server. The picture as it was saved, and the sweep of every input
// from there, are in the file; Python has computed them (stage/taking/alone.py).
//
// So one input moves at a time: when another one is taken, the first goes back to where it was saved.

import { Scale } from "./scale.js";
import { mount } from "./stage.js";
import { Sweeps } from "./sweep.js";
import { inflated, unpack } from "./wire.js";

const told = JSON.parse(document.querySelector("#sp-told").textContent);
const { message } = told;
const saved = message.values;
const sweeps = {};
const stands = Object.fromEntries(Object.entries(message.inputs).filter(([name]) => !(name in told.sweeps)).map(([name]) => [name, "It stands still in this file."]));
let committed = saved;
let latest = null;

function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

async function script(text) {
  return URL.createObjectURL(new Blob([await inflated(bytes(text))], { type: "text/javascript" }));
}

function scaleOf(name) {
  const spec = message.inputs[name];
  if (spec.kind === "knob") return new Scale(spec);
  const options = spec.kind === "question" ? ["", ...spec.options] : spec.options;
  return { count: options.length, index: (option) => options.indexOf(option) };
}

// A grip moves several inputs at once, and only Python knows how.
function gripless({ paths, columns, ...sweep }) {
  const kept = paths.map(([part]) => part !== "grips");
  return { ...sweep, paths: paths.filter((_, index) => kept[index]), columns: columns.filter((_, index) => kept[index]) };
}

// The one input that the stage may move now: the one that is taken, or that was moved and has a sweep.
function alone({ values, sweep }) {
  if (sweep in sweeps) latest = sweep;
  const moved = Object.keys(saved).filter((name) => JSON.stringify(values[name]) !== JSON.stringify(saved[name]));
  if (sweep || moved.includes(latest)) return latest;
  return moved.length === 1 && moved[0] in sweeps ? (latest = moved[0]) : null;
}

async function picture(values, name) {
  const shown = await unpack(bytes(told.picture));
  Object.assign(shown, { grips: [], idle: { ...shown.idle, ...stands } });
  if (!name) return shown;
  const kept = new Sweeps(scaleOf);
  kept.keep(sweeps[name], saved, shown);
  kept.covering(values)?.apply(scaleOf(name).index(values[name]));
  return shown;
}

async function answer(request) {
  const name = alone(request);
  const values = name ? { ...saved, [name]: request.values[name] } : saved;
  if (request.commit) committed = values;
  const back = JSON.stringify(values) !== JSON.stringify(request.values) ? { alone: name } : {};
  const sweep = request.sweep && request.sweep === name ? { ...sweeps[name] } : null;
  await show({ ...message, ...back, reply: request.id, committed, values, picture: await picture(values, name), sweep });
}

const bundles = Object.fromEntries(await Promise.all(Object.entries(told.bundles).map(async ([kinds, text]) => [kinds, await script(text)]))
  .then((all) => all.flatMap(([kinds, url]) => kinds.split(" ").map((kind) => [kind, url]))));
const parentElement = document.querySelector("#sp-stage");
const show = (data) => mount({ data, parentElement, setTriggerValue: (_, request) => answer(request) }, bundles, null);

for (const [name, text] of Object.entries(told.sweeps)) sweeps[name] = gripless(await unpack(bytes(text)));
await show({ ...message, committed, picture: await picture(saved, null) });
