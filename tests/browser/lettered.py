"""What is written in a picture, where it stands, and what it lies over."""

# Every text of the figures as the box of its ink, every handle and mark as a box, every curve as segments.
# Told are the texts that lie over another text, a handle, a mark or a curve of their figure, and those cut
# off by its edge. Lettering with a clear ground may lie over curves, as on a map; what is panned sticks out.
LIES_OVER = """() => {
  const HAIR = 0.5, TRIM = 0.16, AXIS = 3, OUT = 1;
  const TEXTS = ".main-svg text:not(:has(.line)), .main-svg .line, :is(.sp-diagram, .sp-formula) text,"
    + ".sp-formula :is(mi, mn, mo, mtext)";
  const KINDS = {
    tick: "[class*=tick]", title: "[class^=g-]", note: ".annotation", label: ".textpoint", legend: ".legend",
  };
  const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const boxOf = (node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    return { left, right, top, bottom };
  };
  // Above and below its letters a text has room, which one that is turned has at its sides.
  const inkOf = (node) => {
    const { left, right, top, bottom } = boxOf(node);
    const turned = /rotate\\(-?90/.test(node.getAttribute("transform") ?? "");
    const [across, up] = turned ? [TRIM * (right - left), 0] : [0, TRIM * (bottom - top)];
    const leads = /^\\s/.test(node.textContent) && node.getSubStringLength;
    const space = leads ? node.getSubStringLength(0, 1) : 0;
    return { left: left + across + space, right: right - across, top: top + up, bottom: bottom - up };
  };
  const meet = (one, other) => one.left + HAIR < other.right && other.left + HAIR < one.right
    && one.top + HAIR < other.bottom && other.top + HAIR < one.bottom;
  const traceOf = (node) => node.closest(".trace").__data__[0].trace;
  const [texts, things, segments, found] = [[], [], [], []];

  const read = (node, frame, edge) => {
    const box = inkOf(node);
    const kind = Object.keys(KINDS).find((each) => node.closest(KINDS[each])) ?? "text";
    const text = { box, frame, is: `${kind} “${node.textContent.trim()}”` };
    const pans = frame.matches(".sp-pans");
    if (pans && (box.right < edge.left || box.left > edge.right)) return;
    texts.push({ ...text, clear: getComputedStyle(node).textShadow !== "none" });
    const out = [edge.left - box.left, box.right - edge.right, edge.top - box.top, box.bottom - edge.bottom];
    if (!pans && Math.max(...out) > OUT) found.push(`${text.is} is cut off`);
  };
  // A curve or a mark ends where its axes do, and what stands beside them is beside it.
  const areaOf = (frame, { xaxis, yaxis }) => {
    const { left, top } = boxOf(frame);
    const { _fullLayout: layout } = frame.querySelector(".js-plotly-plot");
    const [across, up] = [xaxis, yaxis].map((id) => layout[`${id[0]}axis${id.slice(1)}`]);
    const [from, above] = [left + across._offset, top + up._offset];
    return {
      left: from + AXIS, right: from + across._length - AXIS, top: above, bottom: above + up._length,
    };
  };
  const within = (box, area) => ({
    left: Math.max(box.left, area.left), right: Math.min(box.right, area.right),
    top: Math.max(box.top, area.top), bottom: Math.min(box.bottom, area.bottom),
  });
  const follow = (node, frame) => {
    const trace = traceOf(node);
    const [area, half] = [areaOf(frame, trace), parseFloat(getComputedStyle(node).strokeWidth) / 2];
    const { a, d, e, f } = node.getScreenCTM();
    let last = null;
    for (const [, command, told] of (node.getAttribute("d") ?? "").matchAll(/([MLHV])([^MLHVZ]*)/g)) {
      const [one, other] = told.split(/[ ,]+/).map(Number);
      const now = command === "V" ? [last[0], one * d + f]
        : [one * a + e, command === "H" ? last[1] : other * d + f];
      const is = `curve “${trace.name}”`;
      if (command !== "M") segments.push({ frame, is, half, area, from: last, to: now });
      last = now;
    }
  };
  for (const frame of document.querySelectorAll(".sp-stage :is(.sp-plot, .sp-diagram, .sp-formula)")) {
    const edge = boxOf(frame);
    for (const node of frame.querySelectorAll(TEXTS))
      if (node.textContent.trim() && shown(node) && !node.closest(".hoverlayer, .modebar-container"))
        read(node, frame, edge);
    for (const node of frame.querySelectorAll(".sp-handle, .sp-grip, .sp-point, .scatterlayer .point")) {
      const is = node.matches(".point") ? `mark “${traceOf(node).name}”` : "a handle";
      const mark = node.matches(".point") && traceOf(node);
      const box = mark && mark.cliponaxis !== false ? within(boxOf(node), areaOf(frame, mark)) : boxOf(node);
      if (shown(node) && meet(box, edge)) things.push({ frame, box, is });
    }
    for (const node of frame.querySelectorAll(".scatterlayer .js-line")) follow(node, frame);
  }
  // Whether a segment passes through a box (Liang and Barsky).
  const crosses = (box, { half, area, from: [x, y], to: [u, v] }) => {
    const left = Math.max(box.left, area.left), right = Math.min(box.right, area.right);
    const top = Math.max(box.top, area.top), bottom = Math.min(box.bottom, area.bottom);
    if (left > right || top > bottom) return false;
    let [from, to] = [0, 1];
    for (const [start, step, low, high] of [[x, u - x, left, right], [y, v - y, top, bottom]]) {
      const [near, far] = [low - half - start, high + half - start];
      if (!step && near * far > 0) return false;
      const ends = step ? [near / step, far / step] : [0, 1];
      from = Math.max(from, Math.min(...ends));
      to = Math.min(to, Math.max(...ends));
    }
    return from < to;
  };
  texts.forEach((text, index) => {
    const over = [
      ...texts.slice(index + 1).filter(({ box }) => meet(text.box, box)),
      ...things.filter(({ frame, box }) => frame === text.frame && meet(text.box, box)),
      ...(text.clear ? [] : segments.filter((each) => each.frame === text.frame && crosses(text.box, each))),
    ];
    for (const is of new Set(over.map((each) => each.is))) found.push(`${text.is} lies over ${is}`);
  });
  return found;
}"""
