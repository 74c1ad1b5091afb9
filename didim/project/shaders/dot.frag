// A spark of a path: size.x is its reach
in vec2 p; flat in vec4 size, color; out vec4 light;

void main() {
    float u = max(0., 1. - dot(p, p) / (size.x * size.x)), u2 = u * u;
    light = vec4((color.rgb * u2 * .7 + u2 * u2 * u2 * .9) * color.a, 0.);
}
