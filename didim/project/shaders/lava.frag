uniform vec2 surface_m; in vec2 uv; out vec4 light;

void main() {
    vec2 m = uv * surface_m;
    float n = texture(noise, m * .10 + vec2(.004, .003) * t_s).r;
    vec2 warp = vec2(n, texture(noise, m * .11 - vec2(.003, .004) * t_s).g) - .5;
    float crust = texture(noise, m * .19 + warp * .16 + vec2(.006, .002) * t_s).b;
    float crack = texture(noise, turned(.6) * m * .26 - warp * .12 - vec2(.002, .006) * t_s).b;
    float heat = smoothstep(.42, 1.05, max(crust, crack) * (.60 + .6 * n));
    float beat = .85 + .15 * sin(t_s * .8 + n * 9.);
    vec3 c = vec3(.020, .006, .008) * (.4 + crust);
    c += vec3(.34, .028, .004) * heat * beat;
    c += vec3(.75, .26, .02) * pow(heat, 3.5) * beat;
    vec2 edge = abs(uv - .5) * 2.;
    float rim = max(0., 1. - pow(edge.x, 6.)) * max(0., 1. - pow(edge.y, 6.));
    light = vec4(c * (.15 + .85 * rim), 1.);
}
