// size.z: radius, size.w: half width; more.x: progress
in vec2 p; flat in vec4 size, color, more; out vec4 light;

void main() {
    float R = size.z, w = size.w, r = length(p);
    float angle = mod(atan(p.x, p.y), TAU), end = more.x * TAU;
    float band = abs(r - R) - w;
    float d = band;
    if (more.x < 1. && angle > end) {
        vec2 tip = R * vec2(sin(end), cos(end));
        d = min(length(p - vec2(0., R)), length(p - tip)) - w;
    }
    if (more.x <= 0.) d = 1e3;
    float warm = min(angle / max(end, 1e-3), 1.);
    vec3 c = color.rgb * mix(vec3(1.08), vec3(1.0, .42, .62), more.x < 1. ? warm : .35);
    c *= 1. + .3 * smoothstep(-.2 * w, -w, d);
    float halo = max(0., 1. - max(d, 0.) / (3.5 * w));
    vec4 track = vec4(color.rgb * .10 + .015, .55) * cover(band) * (more.x < 1. ? 1. : 0.);
    light = over(vec4(c, 1.) * cover(d), track) + vec4(color.rgb * .22 * halo * halo * halo, 0.);
    light *= color.a;
}
