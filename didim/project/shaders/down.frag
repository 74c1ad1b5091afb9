// A quarter of the size (or half) by bilinear taps that together cover every source pixel.
uniform sampler2D source; uniform vec2 texel; uniform float threshold; in vec2 uv; out vec4 light;

vec3 tap(vec2 d) {
    vec3 c = min(texture(source, uv + d * texel).rgb, vec3(8.));
    float m = max(c.r, max(c.g, c.b));
    return threshold > 0. ? c * max(m - threshold, 0.) / max(m, 1e-4) : c;
}

void main() {
    light = vec4(.25 * (tap(vec2(-1., -1.)) + tap(vec2(1., -1.)) + tap(vec2(-1., 1.)) + tap(vec2(1., 1.))), 1.);
}
