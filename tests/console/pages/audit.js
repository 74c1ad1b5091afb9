// What can be told of a page from outside: names, sizes of targets, contrast, width. Gives a list of complaints.
(leastPx) => {
  const complaints = [];
  const seen = (e) => {
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    return box.width > 0 && box.height > 0 && style.visibility !== "hidden" && style.display !== "none";
  };
  const called = (e) => (e.getAttribute("aria-label") || e.title || e.innerText || (e.labels && [...e.labels].map((l) => l.innerText).join(" ")) || "").trim();
  const where = (e) => `${e.tagName.toLowerCase()}.${e.className && e.className.baseVal === undefined ? e.className : ""} "${called(e).slice(0, 30)}"`;

  for (const e of document.querySelectorAll("button, a[href], input, select, textarea, [role=slider], [role=switch], [role=combobox]")) {
    if (!seen(e) || e.type === "hidden" || e.closest("[aria-hidden=true]")) continue;
    if (!called(e) && !e.closest("[aria-label]")) complaints.push(`no name: ${where(e)}`);
    const target = e.closest(".q-field, .q-slider, .tile") || e, box = target.getBoundingClientRect();
    if (box.height < leastPx - 0.5 || box.width < leastPx - 0.5) complaints.push(`${Math.round(box.width)} x ${Math.round(box.height)} px: ${where(e)}`);
  }
  for (const e of document.querySelectorAll("img")) if (!e.hasAttribute("alt")) complaints.push(`no alt: ${e.src}`);
  if (!document.documentElement.lang) complaints.push("no language");
  if (document.querySelectorAll("main").length !== 1) complaints.push("not one main");
  if (document.querySelectorAll("main h1, main h2").length === 0) complaints.push("no heading");

  const parse = (text) => {
    const n = text.match(/[\d.]+/g).map(Number);
    return text.startsWith("color(") ? [255 * n[0], 255 * n[1], 255 * n[2], n[3] === undefined ? 1 : n[3]] : [n[0], n[1], n[2], n[3] === undefined ? 1 : n[3]];
  };
  const over = (top, below) => top.slice(0, 3).map((v, i) => v * top[3] + below[i] * (1 - top[3]));
  const ground = (e) => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      const color = parse(style.backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), parse(getComputedStyle(document.body).backgroundColor).slice(0, 3));
  };
  const light = (c) => {
    const [r, g, b] = c.map((v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const done = new Set();
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || done.has(e) || !seen(e) || e.closest("svg, script, style, .floor, [disabled], .away, .material-icons, .q-icon")) continue;
    done.add(e);
    const below = ground(e), style = getComputedStyle(e);
    if (!below) continue;
    const ink = over(parse(style.color), below), a = light(ink), b = light(below);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) complaints.push(`contrast ${ratio.toFixed(2)}: ${where(e)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) complaints.push(`wider than the screen: ${document.documentElement.scrollWidth} px`);
  return complaints;
};
