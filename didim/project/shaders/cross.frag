// A plus sign with rounded arms. size.z: its reach
in vec2 p; flat in vec4 size, color; flat in vec2 lamp; out vec4 light;

void main() {
    float R = size.z, arm = .34 * R, soft = .14 * R;
    vec2 q = abs(p);
    if (q.y > q.x) q = q.yx;
    vec2 box = q - vec2(R, arm) + soft;
    float d = length(max(box, 0.)) + min(max(box.x, box.y), 0.) - soft;
    vec3 c = color.rgb * (.86 + .18 * dot(p, lamp) / R);
    c += color.rgb * .40 * smoothstep(.10 * R, 0., abs(d + .08 * R));
    light = vec4(c, 1.) * cover(d) * color.a;
}
