uniform vec2 surface_m; in vec2 uv; out vec4 light;

void main() {
    vec2 m = uv * surface_m;
    float n = texture(noise, m * .085 + vec2(.0075, .002) * t_s).r;
    float v = texture(noise, m * .13 - vec2(.002, .006) * t_s + n * .06).g;
    vec3 c = mix(vec3(.002, .007, .026), vec3(.003, .038, .055), smoothstep(.25, .9, n));
    c = mix(c, vec3(.040, .010, .082), smoothstep(.52, .95, v) * .7);
    // light caught by moving water: bright seams where two drifting nets meet
    vec2 warp = (vec2(n, v) - .5) * .10;
    float a = texture(noise, m * .34 + warp + vec2(.011, .007) * t_s).b;
    float b = texture(noise, turned(.7) * m * .27 - warp + vec2(-.008, .010) * t_s).b;
    float net = smoothstep(.38, .84, min(a, b) * 1.15);
    c += vec3(.015, .15, .20) * net * net * (.25 + n) * 1.1;
    vec2 edge = abs(uv - .5) * 2.;
    float rim = max(0., 1. - pow(edge.x, 6.)) * max(0., 1. - pow(edge.y, 6.));
    light = vec4(c * (.10 + .90 * rim), 1.);
}
