// The floor as data: a plan drawn on a canvas from the live state. Metres in, pixels out; y points up.

const GROUNDS = {
  pond: ["#06222b", "#020b12"], plain: ["#16202b", "#0a1017"], space: ["#140f2e", "#04040d"],
  meadow: ["#123a1d", "#061509"], snow: ["#33506b", "#14273a"], city: ["#1c2436", "#0a0e18"],
  lava: ["#3d140a", "#120403"], stage: ["#2b1233", "#0c0511"], sea: ["#053047", "#020f1c"],
};

const TURN = { near: 0, far: Math.PI, left: Math.PI / 2, right: -Math.PI / 2, all_sides: 0 };

const BONES = [[11, 12], [11, 13], [13, 15], [12, 14], [14, 16], [11, 23], [12, 24], [23, 24], [23, 25], [25, 27], [24, 26], [26, 28]];

export const BODY_BONES = BONES;

export class Plan {
  constructor(canvas) {
    this.canvas = canvas;
    this.ctx = canvas.getContext("2d");
  }

  // Draw one live state; `looksOf` gives color and symbol of a player.
  draw(live, looksOf) {
    const { width_m: wide, height_m: high, kind } = live.surface;
    if (!wide || !high) return;
    const box = this.canvas.getBoundingClientRect();
    const dense = Math.min(2, window.devicePixelRatio || 1);
    const w = Math.round(box.width * dense), h = Math.round(box.height * dense);
    if (!w || !h) return;
    this.light(live, w, h);
    for (const player of live.players || []) this.person(player, looksOf(player), kind);
    this.ctx.globalAlpha = 1;
  }

  // What the projector shows, without the people on it.
  light(live, w, h) {
    const { width_m: wide, height_m: high } = live.surface;
    if (this.canvas.width !== w || this.canvas.height !== h) { this.canvas.width = w; this.canvas.height = h; }
    this.scale = Math.min(w / wide, h / high);
    this.left = (w - wide * this.scale) / 2;
    this.base = h - (h - high * this.scale) / 2;
    this.ground(live, w, h, wide, high);
    if (live.held !== "safe") for (const shape of live.shapes || []) this.shape(shape);
    this.ctx.globalAlpha = 1;
  }

  x(m) { return this.left + m * this.scale; }
  y(m) { return this.base - m * this.scale; }

  ground(live, w, h, wide, high) {
    const c = this.ctx, [inner, outer] = GROUNDS[live.background] || GROUNDS.plain;
    c.globalAlpha = 1;
    c.globalCompositeOperation = "source-over";
    c.fillStyle = "#03070c";
    c.fillRect(0, 0, w, h);
    const light = c.createRadialGradient(w / 2, h / 2, 0, w / 2, h / 2, Math.max(w, h) * 0.6);
    light.addColorStop(0, inner);
    light.addColorStop(1, outer);
    c.fillStyle = live.held === "safe" ? "#ffffff" : light;
    c.fillRect(this.x(0), this.y(high), wide * this.scale, high * this.scale);
    c.strokeStyle = live.held === "safe" ? "rgba(0,0,0,.10)" : "rgba(190,230,255,.09)";
    c.lineWidth = 1;
    c.beginPath();
    for (let m = 1; m < wide; m++) { c.moveTo(this.x(m), this.y(0)); c.lineTo(this.x(m), this.y(high)); }
    for (let m = 1; m < high; m++) { c.moveTo(this.x(0), this.y(m)); c.lineTo(this.x(wide), this.y(m)); }
    c.stroke();
  }

  shape(s) {
    const draw = WORDS[s.word];
    if (!draw || !s.places.length) return;
    const c = this.ctx;
    c.save();
    c.globalAlpha = s.opacity === undefined ? 1 : s.opacity;
    const d = s.details || {};
    c.translate(this.x(s.places[0][0]), this.y(s.places[0][1]));
    if (!ALONG.has(s.word)) c.rotate(-(d.turn_rad || 0));
    c.fillStyle = c.strokeStyle = s.color;
    c.lineJoin = c.lineCap = "round";
    draw(c, s.size_m * this.scale, d, s, this);
    c.restore();
  }

  person(player, { color, symbol }, kind) {
    const c = this.ctx, r = 0.11 * this.scale;
    c.save();
    if (kind === "floor") {
      for (const [foot, side] of [[player.left, "left"], [player.right, "right"]]) {
        c.save();
        c.translate(this.x(foot.place[0]), this.y(foot.place[1]));
        c.rotate(-foot.heading_rad);
        c.globalAlpha = foot.down ? 1 : 0.45;
        c.fillStyle = color;
        sole(c, 0.25 * this.scale, side);
        c.restore();
      }
    }
    const j = player.joints || [];
    if (j.length) {
      c.globalAlpha = kind === "floor" ? 0.85 : 1;
      c.strokeStyle = color;
      c.lineWidth = Math.max(2, 0.05 * this.scale);
      c.lineCap = "round";
      c.beginPath();
      for (const [a, b] of BONES) {
        if (!told(j[a]) || !told(j[b])) continue;
        c.moveTo(this.x(j[a][0]), this.y(j[a][1]));
        c.lineTo(this.x(j[b][0]), this.y(j[b][1]));
      }
      c.stroke();
    }
    const head = told(j[0]) ? j[0] : player.feet;
    c.globalAlpha = 1;
    c.translate(this.x(head[0]), this.y(head[1]));
    c.fillStyle = "rgba(3,8,13,.75)";
    SIGNS[symbol](c, r * 1.75);
    c.fillStyle = color;
    SIGNS[symbol](c, r * 1.4);
    if (player.seat) this.seat(String(player.seat), r);
    c.restore();
  }

  // The number as on the seat's card: light with a dark edge, on a sign of any color and shape.
  seat(number, r) {
    const c = this.ctx;
    c.font = `800 ${Math.round(r * 1.4)}px Didim, sans-serif`;
    c.textAlign = "center";
    c.textBaseline = "middle";
    c.lineJoin = "round";
    c.lineWidth = r * 0.4;
    c.strokeStyle = "#08131b";
    c.fillStyle = "#ffffff";
    c.strokeText(number, 0, r * 0.08);
    c.fillText(number, 0, r * 0.08);
  }
}

const ALONG = new Set(["line", "trail", "arrow", "text", "ring", "arc", "footprint"]);

// A joint that was not seen stands at the origin.
const told = (p) => p && (p[0] || p[1] || p[2]);

function disc(c, x, y, r, color) {
  c.fillStyle = color;
  c.beginPath();
  c.arc(x, y, Math.max(0.5, r), 0, 7);
  c.fill();
}

function starPath(c, r, points = 5, inner = 0.48) {
  c.beginPath();
  for (let i = 0; i < points * 2; i++) {
    const a = -Math.PI / 2 + (i * Math.PI) / points, q = i % 2 ? r * inner : r;
    c.lineTo(q * Math.cos(a), q * Math.sin(a));
  }
  c.closePath();
}

function polygonPath(c, r, sides) {
  c.beginPath();
  for (let i = 0; i < sides; i++) {
    const a = -Math.PI / 2 + (2 * i * Math.PI) / sides;
    c.lineTo(r * Math.cos(a), r * Math.sin(a));
  }
  c.closePath();
}

function sole(c, length, side) {
  const way = side === "left" ? -1 : 1;
  c.beginPath();
  c.ellipse(length * 0.12, 0, length * 0.36, length * 0.19, 0, 0, 7);
  c.ellipse(-length * 0.33, way * length * 0.02, length * 0.17, length * 0.13, 0, 0, 7);
  c.fill();
}

function soft(c, r, color, middle = 0.55) {
  const light = c.createRadialGradient(0, 0, 0, 0, 0, r);
  light.addColorStop(0, color);
  light.addColorStop(middle, color + "55");
  light.addColorStop(1, color + "00");
  c.fillStyle = light;
  c.fillRect(-r, -r, 2 * r, 2 * r);
}

function strokeAlong(c, s, plan, width) {
  const [x0, y0] = s.places[0];
  c.lineWidth = Math.max(1, width * plan.scale);
  c.beginPath();
  c.moveTo(0, 0);
  for (const [x, y] of s.places.slice(1)) c.lineTo((x - x0) * plan.scale, -(y - y0) * plan.scale);
  c.stroke();
}

const SIGNS = {
  circle: (c, r) => { c.beginPath(); c.arc(0, 0, r * 0.9, 0, 7); c.fill(); },
  star: (c, r) => { starPath(c, r); c.fill(); },
  square: (c, r) => c.fillRect(-r * 0.78, -r * 0.78, r * 1.56, r * 1.56),
  triangle: (c, r) => { polygonPath(c, r, 3); c.fill(); },
  heart: (c, r) => {
    c.beginPath();
    c.moveTo(0, r * 0.85);
    c.bezierCurveTo(-r * 1.5, -r * 0.1, -r * 0.8, -r * 1.1, 0, -r * 0.4);
    c.bezierCurveTo(r * 0.8, -r * 1.1, r * 1.5, -r * 0.1, 0, r * 0.85);
    c.fill();
  },
  drop: (c, r) => {
    c.beginPath();
    c.moveTo(0, -r);
    c.bezierCurveTo(r * 0.4, -r * 0.3, r * 0.75, 0, r * 0.7, r * 0.35);
    c.arc(0, r * 0.3, r * 0.7, 0.05, Math.PI - 0.05);
    c.bezierCurveTo(-r * 0.75, 0, -r * 0.4, -r * 0.3, 0, -r);
    c.fill();
  },
  moon: (c, r) => {
    c.beginPath();
    c.arc(0, 0, r * 0.92, 0.5, 5.2);
    c.arc(r * 0.4, -r * 0.2, r * 0.72, 4.9, 0.75, true);
    c.fill();
  },
  cross: (c, r) => { c.fillRect(-r * 0.3, -r * 0.9, r * 0.6, r * 1.8); c.fillRect(-r * 0.9, -r * 0.3, r * 1.8, r * 0.6); },
};

// One entry for each word of the games' canvas.
const WORDS = {
  disc: (c, r) => disc(c, 0, 0, r, c.fillStyle),
  ring: (c, r, d, s, plan) => {
    c.lineWidth = Math.max(1, (d.width_m || 0.03) * plan.scale);
    c.beginPath();
    c.arc(0, 0, r, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * (d.progress === undefined ? 1 : d.progress));
    c.stroke();
  },
  glow: (c, r, d, s) => { c.globalCompositeOperation = "lighter"; c.globalAlpha *= 0.55; soft(c, r, s.color); },
  star: (c, r, d, s) => {
    c.globalAlpha *= 0.5; soft(c, r * 1.7, s.color, 0.4); c.globalAlpha *= 2;
    c.fillStyle = s.color; starPath(c, r * 0.95); c.lineWidth = r * 0.22; c.stroke(); c.fill();
  },
  lily: (c, r, d, s) => {
    c.beginPath(); c.moveTo(0, 0); c.arc(0, 0, r, 0.35, 2 * Math.PI - 0.1); c.closePath(); c.fill();
    c.strokeStyle = "rgba(255,255,255,.22)"; c.lineWidth = Math.max(1, r * 0.03); c.beginPath();
    for (let i = 1; i < 8; i++) { const a = 0.35 + (i * 5.8) / 8; c.moveTo(0, 0); c.lineTo(0.86 * r * Math.cos(a), 0.86 * r * Math.sin(a)); }
    c.stroke();
  },
  lotus: (c, r, d, s) => {
    for (let ring = 0; ring < 2; ring++) for (let i = 0; i < 8; i++) {
      c.save(); c.rotate((i + ring / 2) * Math.PI / 4); c.globalAlpha *= ring ? 0.95 : 0.65; c.beginPath();
      const l = ring ? 0.62 : 1; c.ellipse(r * l * 0.52, 0, r * l * 0.48, r * 0.17, 0, 0, 7); c.fill(); c.restore();
    }
    disc(c, 0, 0, r * 0.17, "#ffe27a");
  },
  koi: (c, l, d) => {
    const bend = 0.12 * Math.sin(d.stroke || 0);
    c.rotate(bend); c.beginPath(); c.ellipse(l * 0.06, 0, l * 0.36, l * 0.12, 0, 0, 7); c.fill();
    c.beginPath(); c.moveTo(-l * 0.26, 0); c.lineTo(-l * 0.5, -l * 0.14); c.lineTo(-l * 0.42, 0); c.lineTo(-l * 0.5, l * 0.14); c.fill();
  },
  ripple: (c, r) => { for (const q of [1, 0.68, 0.4]) { c.lineWidth = Math.max(1, r * 0.06); c.globalAlpha *= 0.75; c.beginPath(); c.arc(0, 0, r * q, 0, 7); c.stroke(); } },
  footprint: (c, l, d) => { c.rotate(-(d.turn_rad || 0)); sole(c, l, d.side); },
  trail: (c, r, d, s, plan) => { c.globalCompositeOperation = "lighter"; strokeAlong(c, s, plan, d.width_m || s.size_m || 0.02); },
  line: (c, r, d, s, plan) => strokeAlong(c, s, plan, d.width_m || s.size_m || 0.03),
  arrow: (c, r, d, s, plan) => {
    const width = d.width_m || s.size_m || 0.05, [x0, y0] = s.places[0], [x1, y1] = s.places[s.places.length - 1];
    strokeAlong(c, s, plan, width);
    const a = Math.atan2(-(y1 - y0), x1 - x0), q = 2.4 * width * plan.scale;
    c.translate((x1 - x0) * plan.scale, -(y1 - y0) * plan.scale); c.rotate(a); c.beginPath(); c.moveTo(q * 0.5, 0); c.lineTo(-q, -q); c.lineTo(-q, q); c.closePath(); c.fill();
  },
  arc: (c, r, d, s, plan) => {
    c.lineWidth = Math.max(1, (d.width_m || 0.03) * plan.scale); c.beginPath(); c.arc(0, 0, r, -(d.from_rad || 0), -(d.to_rad || 0), true); c.stroke();
  },
  box: (c, r, d, s, plan) => {
    const size = Array.isArray(d.sides_m) ? d.sides_m : [s.size_m, s.size_m];
    const w = size[0] * plan.scale, h = size[1] * plan.scale, q = Math.min((d.corner_m || 0.04) * plan.scale, w / 2, h / 2);
    c.beginPath(); c.roundRect(-w / 2, -h / 2, w, h, q); c.fill();
    c.strokeStyle = "rgba(255,255,255,.20)"; c.lineWidth = Math.max(1, w * 0.02); c.stroke();
  },
  polygon: (c, r, d) => { polygonPath(c, r, d.sides || 6); c.fill(); },
  symbol: (c, r, d) => (SIGNS[d.name] || SIGNS.circle)(c, r),
  balloon: (c, r) => {
    c.beginPath(); c.ellipse(0, 0, r * 0.86, r, 0, 0, 7); c.fill(); c.lineWidth = Math.max(1, r * 0.05); c.beginPath(); c.moveTo(0, r); c.quadraticCurveTo(r * 0.25, r * 1.4, 0, r * 1.8); c.stroke();
    c.fillStyle = "rgba(255,255,255,.45)"; c.beginPath(); c.ellipse(-r * 0.3, -r * 0.38, r * 0.16, r * 0.26, 0.5, 0, 7); c.fill();
  },
  mole: (c, r, d, s) => {
    const up = d.rise === undefined ? 1 : d.rise;
    disc(c, 0, 0, r, "#1a0f08");
    if (up > 0.05) { c.save(); c.scale(up, up); disc(c, 0, 0, r * 0.78, "#8a5a3b"); disc(c, 0, r * 0.12, r * 0.2, "#f3b7b0"); disc(c, -r * 0.26, -r * 0.12, r * 0.09, "#111"); disc(c, r * 0.26, -r * 0.12, r * 0.09, "#111"); c.fillStyle = s.color; c.beginPath(); c.ellipse(0, -r * 0.58, r * 0.52, r * 0.24, 0, 0, 7); c.fill(); c.restore(); }
  },
  splat: (c, r, d) => {
    c.beginPath();
    for (let i = 0; i <= 24; i++) { const a = (i / 24) * 2 * Math.PI, q = r * (0.78 + 0.2 * Math.sin(3 * a + 7 * (d.seed || 0)) * Math.cos(5 * a + 3 * (d.seed || 0))); c.lineTo(q * Math.cos(a), q * Math.sin(a)); }
    c.fill();
  },
  text: (c, cap, d, s) => {
    const words = d.words === undefined ? d.text : d.words;
    if (!words || d.arc_radius_m) return;
    const sides = d.facing === "all_sides" ? [0, Math.PI] : [typeof d.facing === "number" ? d.facing - Math.PI / 2 : TURN[d.facing] || 0];
    c.font = `800 ${Math.max(6, cap * 1.35)}px Didim, sans-serif`; c.textAlign = "center"; c.textBaseline = "middle";
    for (const turn of sides) { c.save(); c.rotate(-turn); c.lineWidth = Math.max(2, cap * 0.22); c.strokeStyle = "rgba(3,8,13,.8)"; c.strokeText(words, 0, 0); c.fillText(words, 0, 0); c.restore(); }
  },
};
