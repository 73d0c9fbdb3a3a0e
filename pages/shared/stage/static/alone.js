// Alone: what answers a stage in a file without a server. The picture as it was saved, and the sweep of every input
// from there, are in the file; Python has computed them (stage/taking/alone.py).
//
// So one input moves at a time: when another one is taken, the first goes back to where it was saved.

import { Scale } from "./scale.js";
import { School, Tally, schoolAround } from "./school.js";
import { mount } from "./stage.js";
import { Sweeps } from "./sweep.js";
import { inflated, unpack } from "./wire.js";

const told = JSON.parse(document.querySelector("#sp-told").textContent);
const { message } = told;
const saved = message.values;
const sweeps = {};
const stands = Object.fromEntries(Object.entries(message.inputs).filter(([name]) => !(name in told.sweeps)).map(([name]) => [name, "It stands still in this file."]));
let committed = saved;
let current = saved;
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
  return { count: options.length, index: (option) => options.indexOf(option), at: (index) => options[index] };
}

// What only Python can move: a grip, which moves several inputs at once, and what belongs to inputs that stand still.
function isStill([part, which]) {
  return part === "grips" || (part === "idle" && which in stands) || (part === "handles" && handled[which] in stands);
}

function moving({ paths, columns, ...sweep }) {
  const kept = paths.map((path) => !isStill(path));
  return { ...sweep, paths: paths.filter((_, index) => kept[index]), columns: columns.filter((_, index) => kept[index]) };
}

function still(picture) {
  const handles = picture.handles.map((handle) => (handle.knob in stands ? { ...handle, x: null, y: null } : handle));
  const reasons = Object.entries(stands).map(([name, reason]) => [name, picture.idle[name] || reason]);
  return { ...picture, grips: [], handles, idle: { ...picture.idle, ...Object.fromEntries(reasons) } };
}

// The one input that the stage may move now: the one that is taken, or that was moved last and has a sweep.
function alone({ values, sweep }) {
  const moved = Object.keys(sweeps).filter((name) => JSON.stringify(values[name]) !== JSON.stringify(current[name]));
  latest = sweep in sweeps ? sweep : (moved.find((name) => name !== latest) ?? latest);
  return latest;
}

async function picture(values, name) {
  if (sweeps[name]?.pictures) return whole(name, scaleOf(name).index(values[name]));
  const shown = still(await unpack(bytes(told.picture)));
  if (!name) return shown;
  const kept = new Sweeps(scaleOf);
  kept.keep(sweeps[name], saved, shown);
  kept.covering(values)?.apply(scaleOf(name).index(values[name]));
  return shown;
}

// Pictures that do not have the same parts are there whole, one for each step.
async function whole(name, index) {
  const shown = (await unpack(bytes(told.sweeps[name]))).pictures[index];
  return shown.error ? shown : still(shown);
}

async function answer(request) {
  const name = alone(request);
  const values = name ? { ...saved, [name]: request.values[name] } : saved;
  const goesBack = JSON.stringify(values) !== JSON.stringify(request.values);
  current = values;
  if (request.commit || goesBack) committed = values;
  const shown = await picture(values, name);
  if (request.commit) report(shown);
  const back = goesBack ? { alone: name } : {};
  const sweep = request.sweep && request.sweep === name && !sweeps[name].pictures ? { ...sweeps[name] } : null;
  await show({ ...message, ...back, reply: request.id, committed, values, picture: shown, sweep });
}

const bundles = Object.fromEntries(await Promise.all(Object.entries(told.bundles).map(async ([kinds, text]) => [kinds, await script(text)]))
  .then((all) => all.flatMap(([kinds, url]) => kinds.split(" ").map((kind) => [kind, url]))));
const parentElement = document.querySelector("#sp-stage");
const show = (data) => mount({ data, parentElement, setTriggerValue: (_, request) => answer(request) }, bundles, null);

// ---- a school's system -----------------------------------------------------------------------------

// Something was let go.
function report({ tasks }) {
  tally.see(tasks);
  school?.tell(tally, latest, latest && scaleOf(latest).index(current[latest]));
  tellReader();
}

function tellReader() {
  if (school) Object.assign(document.querySelector("#sp-school"), { textContent: school.says(tally), hidden: false });
}

// Comes back to where it was left.
function comeBack({ moved, at, ...kept }) {
  tally.take(kept);
  const there = Object.hasOwn(sweeps, moved) && Number.isInteger(at) && at >= 0 && at < scaleOf(moved).count;
  if (there) [latest, current] = [moved, { ...saved, [moved]: scaleOf(moved).at(at) }];
  committed = current;
  tellReader();
}

// A file that the browser kept whole while another page was there has said that it left.
function leaveWell() {
  addEventListener("pagehide", () => school.leave());
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}

const first = await unpack(bytes(told.picture));
const handled = first.handles.map(({ knob }) => knob);
for (const [name, text] of Object.entries(told.sweeps)) {
  const found = await unpack(bytes(text));
  sweeps[name] = found.pictures ? found : moving(found);
}
const tally = new Tally(first.tasks, message.within);
const api = schoolAround(window);
const school = api && new School(api, told.file);
if (school) {
  comeBack(school.kept());
  leaveWell();
}
await show({ ...message, solved: tally.solved, committed, values: current, picture: await picture(current, latest) });
