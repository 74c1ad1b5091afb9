uniform vec2 surface_m; in vec2 uv; out vec4 light;

float flakes(vec2 m, float cells, float fall) {
    m += vec2(.10 * sin(t_s * .35 + m.y), fall * t_s);
    vec2 at = floor(m * cells), q = fract(m * cells) - .5;
    float id = hash(at.x + at.y * 131.);
    q -= (vec2(hash(id * 61.), hash(id * 29.)) - .5) * .7;
    return smoothstep(.075, .0, length(q)) * step(.6, id);
}

void main() {
    vec2 m = uv * surface_m;
    float drift = mix(texture(noise, m * .030).r, texture(noise, m * .06).g, .35), fine = texture(noise, m * .35 + .2).a;
    float slope = texture(noise, m * .030 + vec2(.006, -.008)).r - texture(noise, m * .030).r;
    vec3 c = mix(vec3(.020, .050, .125), vec3(.055, .110, .215), smoothstep(.1, .9, drift));
    c += vec3(.075, .10, .13) * clamp(slope * 9., -.25, .8);
    c *= .88 + .22 * fine;
    vec2 grain = floor(m * 60.);
    float glint = step(.985, hash(grain.x + grain.y * 71.)) * pow(max(0., sin(t_s * 1.1 + hash(grain.y + grain.x * 31.) * 50.)), 12.);
    c += vec3(.5, .7, 1.) * glint * smoothstep(.5, .05, length(fract(m * 60.) - .5));
    c += vec3(.20, .26, .36) * (flakes(m, 3.4, .16) + .6 * flakes(m + 3.7, 5.4, .11));
    vec2 edge = abs(uv - .5) * 2.;
    float rim = max(0., 1. - pow(edge.x, 6.)) * max(0., 1. - pow(edge.y, 6.));
    light = vec4(c * (.15 + .85 * rim), 1.);
}
