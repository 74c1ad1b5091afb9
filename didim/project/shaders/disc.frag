in vec2 p; flat in vec4 size, color; flat in vec2 lamp; out vec4 light;

void main() {
    float R = size.z, r = length(p), d = r - R;
    vec3 c = color.rgb * (.86 + .16 * dot(p, lamp) / R);
    c += color.rgb * .45 * smoothstep(.12 * R, 0., abs(d + .07 * R));
    light = vec4(c, 1.) * cover(d) * color.a;
}
