// A crescent open to +x. size.z: its radius
in vec2 p; flat in vec4 size, color; flat in vec2 lamp; out vec4 light;

void main() {
    float R = size.z, soft = .06 * R;
    float d = max(length(p) - R + soft, .80 * R + soft - length(p - vec2(.52 * R, 0.))) - soft;
    vec3 c = color.rgb * (.86 + .18 * dot(p, lamp) / R);
    c += color.rgb * .40 * smoothstep(.10 * R, 0., abs(d + .08 * R));
    light = vec4(c, 1.) * cover(d) * color.a;
}
