uniform vec2 surface_m; in vec2 uv; out vec4 light;

// A shallow sea over sand: light refracted by waves wanders over the ground.
void main() {
    vec2 m = uv * surface_m;
    float n = texture(noise, m * .06 + vec2(.003, .002) * t_s).r;
    float deep = texture(noise, m * .10 + .21).g;
    vec2 warp = (vec2(n, deep) - .5) * .14;
    vec3 c = mix(vec3(.001, .028, .090), vec3(.002, .135, .160), smoothstep(.25, .85, n));
    c = mix(c, vec3(.016, .200, .150), smoothstep(.5, .95, deep) * .5);
    float a = texture(noise, m * .44 + warp + vec2(.016, .010) * t_s).b;
    float b = texture(noise, turned(.8) * m * .37 - warp + vec2(-.012, .015) * t_s).b;
    float net = smoothstep(.40, .85, min(a, b) * 1.2);
    c += vec3(.060, .22, .20) * net * net * (.35 + .8 * n);
    float glint = texture(noise, m * .9 - vec2(.02, .03) * t_s).a * net;
    c += vec3(.16, .20, .18) * pow(glint, 4.);
    vec2 edge = abs(uv - .5) * 2.;
    float rim = max(0., 1. - pow(edge.x, 6.)) * max(0., 1. - pow(edge.y, 6.));
    light = vec4(c * (.12 + .88 * rim), 1.);
}
