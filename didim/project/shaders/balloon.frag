// size.z: radius; knot and string hang to -y
in vec2 p; flat in vec4 size, color; flat in float extra; out vec4 light;

void main() {
    float R = size.z;
    vec2 q = p / R;
    float taper = 1. - .16 * smoothstep(.3, -1.1, q.y);
    float d = (length(vec2(q.x / taper, (q.y + .06) * .92)) - 1.) * R * .95;
    float rim = length(vec2(q.x / taper, q.y));
    vec3 c = color.rgb * mix(1.12, .34, smoothstep(.05, 1.08, length(q - vec2(-.28, .30))));
    c += color.rgb * .55 * smoothstep(.35, .0, abs(length(q - vec2(.06, -.05)) - .88)) * smoothstep(.2, -.8, q.y);
    float shine = smoothstep(.34, .06, length((q - vec2(-.34, .42)) * mat2(.86, .5, -.5, .86) * vec2(1., 1.7)));
    c += (color.rgb * .5 + .9) * shine * .75;
    float knot = max(abs(q.x) - .13 * smoothstep(-1.02, -1.24, q.y), max(q.y + .98, -1.22 - q.y));
    float sway = .07 * sin(q.y * 4.2 + t_s * 1.8 + extra * 9.);
    float string = max(abs(q.x - sway * smoothstep(-1.1, -1.5, q.y)) - .016, max(q.y + 1.18, -2.05 - q.y));
    vec4 tail = vec4(vec3(.55, .5, .45), 1.) * cover(string * R) * .7;
    tail = over(vec4(color.rgb * .55, 1.) * cover(knot * R), tail);
    float halo = max(0., 1. - max(d, 0.) / (.35 * R));
    light = over(vec4(c, 1.) * cover(d), tail) + vec4(color.rgb * .12 * halo * halo * halo, 0.) * (1. - cover(d));
    light *= color.a;
}
