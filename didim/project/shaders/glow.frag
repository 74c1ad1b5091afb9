in vec2 p; flat in vec4 size, color; out vec4 light;

void main() {
    float u = max(0., 1. - dot(p, p) / (size.z * size.z));
    light = vec4(color.rgb * u * u * u * color.a, 0.);
}
