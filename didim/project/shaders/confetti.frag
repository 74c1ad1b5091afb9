in vec2 p; flat in vec4 color; flat in vec2 span; out vec4 light;

void main() {
    vec2 q = abs(p) - span;
    light = vec4(color.rgb, 1.) * cover(max(q.x, q.y)) * color.a;
}
