// Zones of a surface: corners to drag, in metres; y points up.

const STEP_M = 0.05;

export default {
  template: `
    <svg class="area" :viewBox="box" role="group" :aria-label="label" ref="svg"
         @pointermove="drag" @pointerup="drop" @pointercancel="drop">
      <defs><pattern id="out" width=".16" height=".16" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width=".16" height=".16" fill="#5a1018"/><rect width=".07" height=".16" fill="#b3202f"/></pattern></defs>
      <rect x="0" y="0" :width="widthM" :height="heightM" fill="#0a1821" stroke="#2f5262" stroke-width=".02"/>
      <g stroke="#1c3542" stroke-width=".012">
        <line v-for="n in Math.floor(widthM)" :key="'x'+n" :x1="n" y1="0" :x2="n" :y2="heightM"/>
        <line v-for="n in Math.floor(heightM)" :key="'y'+n" x1="0" :y1="up(n)" :x2="widthM" :y2="up(n)"/>
      </g>
      <polygon v-for="(p, i) in usable" :key="'u'+i" :points="points(p)" fill="#37c87b" fill-opacity=".16" stroke="#37c87b" stroke-width=".025"/>
      <g v-for="(zone, z) in own" :key="'z'+z">
        <polygon :points="points(zone)" fill="url(#out)" fill-opacity=".75" stroke="#ff5b67" stroke-width=".03"/>
        <g v-for="(c, i) in zone" :key="i" tabindex="0" role="slider" style="cursor:grab;outline-offset:2px"
           :aria-label="corner + ' ' + (z + 1) + '.' + (i + 1)" :aria-valuetext="c[0].toFixed(2) + ' m, ' + c[1].toFixed(2) + ' m'" :aria-valuenow="c[0].toFixed(2)"
           @pointerdown.prevent="grab($event, z, i)" @keydown="nudge($event, z, i)">
          <circle :cx="c[0]" :cy="up(c[1])" :r="reach" fill="transparent"/>
          <circle :cx="c[0]" :cy="up(c[1])" :r="reach * .42" fill="#fff" stroke="#d81f33" stroke-width=".03"/>
        </g>
      </g>
    </svg>`,
  props: { widthM: Number, heightM: Number, usable: Array, zones: Array, label: String, corner: String },
  data() { return { own: [], held: null, reach: 0.12 }; },
  computed: { box() { return `-0.1 -0.1 ${this.widthM + 0.2} ${this.heightM + 0.2}`; } },
  watch: { zones: { immediate: true, deep: true, handler(next) { this.own = next.map((zone) => zone.map((c) => [...c])); } } },
  mounted() {
    this.sized = new ResizeObserver(() => this.size());
    this.sized.observe(this.$refs.svg);
  },
  beforeUnmount() { this.sized.disconnect(); },
  methods: {
    // A corner is as large as a thumb, whatever the surface measures.
    size() { const width = this.$refs.svg.clientWidth; if (width) this.reach = (26 * (this.widthM + 0.2)) / width; },
    up(y) { return this.heightM - y; },
    points(p) { return p.map(([x, y]) => `${x},${this.up(y)}`).join(" "); },
    grab(event, z, i) { this.held = [z, i]; this.$refs.svg.setPointerCapture(event.pointerId); event.currentTarget.focus(); },
    drag(event) {
      if (!this.held) return;
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.$refs.svg.getScreenCTM().inverse());
      this.put(...this.held, at.x, this.up(at.y));
    },
    drop() { if (this.held) { this.held = null; this.$emit("zones", this.own); } },
    put(z, i, x, y) {
      const fit = (v, most) => Math.round(Math.min(Math.max(v, 0), most) / STEP_M) * STEP_M;
      this.own[z][i] = [fit(x, this.widthM), fit(y, this.heightM)];
    },
    nudge(event, z, i) {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (!way) return;
      event.preventDefault();
      const [x, y] = this.own[z][i];
      this.put(z, i, x + way[0] * STEP_M, y + way[1] * STEP_M);
      this.$emit("zones", this.own);
    },
  },
};
