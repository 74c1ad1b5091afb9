in vec2 p; flat in vec4 color; out vec4 light;

void main() {
    float u = max(0., 1. - dot(p, p)), u2 = u * u;
    light = vec4((color.rgb * u2 * .8 + u2 * u2 * u2 * u2 * .35) * color.a, 0.);
}
