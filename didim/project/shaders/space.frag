uniform vec2 surface_m; in vec2 uv; out vec4 light;

// Stars in a grid of cells: one each, of its own brightness, that twinkles.
float stars(vec2 m, float cells, float share) {
    vec2 at = floor(m * cells), in_cell = fract(m * cells) - .5;
    float id = hash(at.x + at.y * 57.);
    vec2 place = (vec2(hash(id * 91.), hash(id * 47.)) - .5) * .7;
    float beat = .75 + .25 * sin(t_s * (.6 + 1.8 * id) + id * 40.);
    float r = length(in_cell - place) / (cells * (3. * pixel_m) * .9);
    return step(1. - share, hash(id * 13.)) * beat * exp(-r * r) * id * id;
}

void main() {
    vec2 m = uv * surface_m;
    float n = texture(noise, m * .055 + vec2(.0020, .0008) * t_s).r;
    float v = texture(noise, turned(.8) * m * .085 - vec2(.0012, .0022) * t_s + n * .10).g;
    float w = texture(noise, m * .21 + v * .09).b;
    vec3 c = mix(vec3(.002, .003, .014), vec3(.010, .012, .050), n);
    c += vec3(.048, .010, .085) * smoothstep(.45, 1., v) * (.25 + w);
    c += vec3(.004, .036, .080) * smoothstep(.50, 1., n) * (.25 + w);
    c += vec3(.10, .035, .03) * pow(smoothstep(.60, 1.1, v * n * 1.5), 2.);
    c += vec3(.75, .85, 1.1) * (stars(m, 3.1, .5) + .7 * stars(m + 7.3, 7., .35));
    vec2 edge = abs(uv - .5) * 2.;
    float rim = max(0., 1. - pow(edge.x, 6.)) * max(0., 1. - pow(edge.y, 6.));
    light = vec4(c * (.12 + .88 * rim), 1.);
}
