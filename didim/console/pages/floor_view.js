// Looks on at the rig: one socket for the page, a plan or a twin drawn only while it is in sight.

import { Plan } from "didim-floor";

const AGAIN_MS = 1500;
const QUIET_MS = 3500;
const NO_SEAT = { color: "#c9d6dd", symbol: "circle" };

export default {
  template: `
    <div class="floor" role="img" :aria-label="label">
      <canvas class="plan" ref="canvas" v-show="view === 'plan'"></canvas>
      <div class="twin" v-show="view === 'twin'"><slot></slot></div>
      <div class="veil" ref="veil" role="status">{{ waiting }}</div>
    </div>`,
  props: { stream: String, label: String, waiting: String, lost: String, view: String, scene: String },
  mounted() {
    this.plan = new Plan(this.$refs.canvas);
    this.live = null;
    this.resized = new ResizeObserver(() => this.show());
    this.resized.observe(this.$el);
    this.seen = () => (document.hidden ? this.leave() : this.join());
    document.addEventListener("visibilitychange", this.seen);
    this.join();
  },
  beforeUnmount() {
    this.gone = true;
    document.removeEventListener("visibilitychange", this.seen);
    this.resized.disconnect();
    this.leave();
  },
  watch: { view() { this.show(); }, scene() { this.twin = null; this.show(); } },
  methods: {
    join() {
      if (this.socket || this.gone || !this.stream) return;
      const scheme = location.protocol === "https:" ? "wss:" : "ws:";
      this.socket = new WebSocket(`${scheme}//${location.host}${this.stream}`);
      this.socket.onmessage = (event) => this.take(JSON.parse(event.data));
      this.socket.onclose = () => {
        this.socket = null;
        this.say(this.lost);
        if (!this.gone && !document.hidden) this.again = setTimeout(() => this.join(), AGAIN_MS);
      };
    },
    leave() {
      clearTimeout(this.again);
      clearTimeout(this.quiet);
      if (this.socket) { this.socket.onclose = null; this.socket.close(); this.socket = null; }
    },
    take(live) {
      clearTimeout(this.quiet);
      this.quiet = setTimeout(() => this.say(this.lost), QUIET_MS);
      const known = live.surface && live.surface.width_m > 0;
      this.say(known ? "" : this.waiting);
      if (!known) return;
      this.$el.style.setProperty("--floor-ratio", Math.max(1.25, live.surface.width_m / live.surface.height_m));
      this.live = live;
      if (!this.due) this.due = requestAnimationFrame(() => { this.due = 0; this.show(); });
    },
    // For pages that get their states another way, and for pictures.
    feed(live) { this.take(live); },
    say(words) {
      this.$refs.veil.hidden = !words;
      if (words) this.$refs.veil.textContent = words;
    },
    async show() {
      if (!this.live) return;
      const seats = new Map((this.live.seats || []).map((seat) => [seat.number, seat]));
      const looksOf = (player) => seats.get(player.seat) || NO_SEAT;
      if (this.view === "plan") { this.plan.draw(this.live, looksOf); return; }
      const scene = this.scene && window["scene_" + this.scene];
      if (!scene) { if (!this.gone) setTimeout(() => this.show(), 200); return; }
      if (!this.twin) {
        const { Twin } = await import("didim-floor/twin.js");
        this.twin = this.twin || new Twin(scene);
      }
      this.twin.draw(this.live, (player) => looksOf(player).color);
    },
  },
};
