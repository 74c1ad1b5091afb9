// A stage before its curtain: folds of velvet, beams from above that swing slowly, dust in them, a floor that mirrors.
uniform vec2 surface_m; in vec2 uv; out vec4 light;

vec3 tint_of(int i) {
    return i == 0 ? vec3(.10, .20, .46) : i == 1 ? vec3(.38, .10, .34) : i == 2 ? vec3(.44, .24, .06) : vec3(.06, .30, .30);
}

void main() {
    vec2 m = uv * surface_m;
    float floor_y = .17, wide = surface_m.x / surface_m.y;
    float y = uv.y > floor_y ? uv.y : floor_y + (floor_y - uv.y) * 1.6;       // the floor mirrors the curtain
    float hang = m.x * 9. + .5 * sin(m.x * 2.3) + .10 * sin(t_s * .35 + m.x * 3.) * (1.2 - y);
    float fold = .5 + .5 * sin(hang) * (.75 + .25 * sin(hang * .37 + 2.)), nap = texture(noise, m * vec2(.9, .16)).a;
    vec3 c = mix(vec3(.010, .003, .010), vec3(.085, .012, .036), fold * fold) * (.7 + .5 * nap);
    c += vec3(.035, .010, .020) * smoothstep(.90, 1., fold);
    vec3 beams = vec3(0.);
    for (int i = 0; i < 4; i++) {
        float k = float(i), from = (.14 + .24 * k) * wide, aim = from + .30 * sin(t_s * (.13 + .03 * k) + k * 2.4);
        float along = (1.06 - y) / 1.06, at = mix(from, aim, along), half_w = .035 + .16 * along;
        float x = (uv.x * wide - at) / half_w, cone = exp(-x * x * 1.4) * (.35 + .65 * along);
        c += c * tint_of(i) * cone * 9.;
        beams += tint_of(i) * cone * .075;
        if (uv.y < floor_y) {
            vec2 pool = vec2(uv.x * wide - aim, (uv.y - floor_y * .55) * 2.6);
            beams += tint_of(i) * .34 * exp(-dot(pool, pool) * 11.);
        }
    }
    float dust = texture(noise, m * .22 + vec2(.006, -.010) * t_s).r;
    c += beams * (.55 + .9 * dust);
    if (uv.y < floor_y) {
        float plank = fract(m.y * 6. + floor(m.x * .9) * .37), grain = texture(noise, m * vec2(.35, 2.2)).a;
        vec3 wood = vec3(.060, .026, .013) * (.45 + .8 * grain) * (.7 + .3 * smoothstep(0., .08, plank));
        c = wood * (.9 + light_of(beams) * 9.) + c * .34 * smoothstep(-.06, floor_y, uv.y);
        c += vec3(.30, .15, .05) * exp(-pow((uv.y - floor_y) * 160., 2.));
    }
    vec2 edge = abs(uv - .5) * 2.;
    float rim = max(0., 1. - pow(edge.x, 6.)) * max(0., 1. - pow(edge.y, 8.));
    light = vec4(c * (.22 + .78 * rim), 1.);
}
