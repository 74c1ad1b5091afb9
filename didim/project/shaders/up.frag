// A small tent: four bilinear taps halfway to the neighbours.
uniform sampler2D source; uniform vec2 texel; uniform float gain; in vec2 uv; out vec4 light;

vec3 tap(vec2 d) { return texture(source, uv + d * texel).rgb; }

void main() {
    vec3 c = tap(vec2(-.75, -.75)) + tap(vec2(.75, -.75)) + tap(vec2(-.75, .75)) + tap(vec2(.75, .75));
    light = vec4(c * .25 * gain, 1.);
}
