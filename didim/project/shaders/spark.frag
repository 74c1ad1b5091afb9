in vec2 p; flat in vec4 color; flat in vec2 span; out vec4 light;

void main() {
    vec2 h = vec2(p.x - span.y + span.x, p.y) / span.x;
    float u = max(0., 1. - dot(h, h)), u2 = u * u;
    float x = clamp((p.x + span.y) / (2. * span.y - span.x), 0., 1.);
    float w = span.x * .34 * x;
    float tail = max(0., 1. - abs(p.y) / max(w, 1e-5)) * x * x * step(h.x, 0.);
    light = vec4((color.rgb * (u2 * .9 + tail * 1.5) + color.rgb * u2 * u2 * u2 * .6 + u2 * u2 * u2 * u2 * .25) * color.a, 0.);
}
