// A regular polygon with a corner at +x, rounded a little. size.z: radius to its corners; more.x: how many
in vec2 p; flat in vec4 size, color, more; flat in vec2 lamp; out vec4 light;

void main() {
    float R = size.z, soft = .12 * R, slice = TAU / more.x;
    float angle = atan(p.y, p.x), off = mod(angle, slice) - .5 * slice;
    vec2 q = length(p) * vec2(cos(off), abs(sin(off)));
    float apothem = (R - soft) * cos(.5 * slice), half_side = (R - soft) * sin(.5 * slice);
    vec2 away = q - vec2(apothem, clamp(q.y, 0., half_side));
    float d = length(away) * sign(q.x - apothem) - soft;
    vec3 c = color.rgb * (.86 + .16 * dot(p, lamp) / R);
    c += color.rgb * .45 * smoothstep(.10 * R, 0., abs(d + .09 * R));
    light = vec4(c, 1.) * cover(d) * color.a;
}
