// The sky when the sun has just gone: clouds lit from below drift past over far hills, the first stars come out.
uniform vec2 surface_m; in vec2 uv; out vec4 light;

float puffs(vec2 m, float high) {
    float a = texture(noise, m * vec2(.055, .10) + vec2(.006 * t_s, high)).r;
    float b = texture(noise, m * vec2(.15, .24) + vec2(.010 * t_s, high * 1.7)).g;
    return a * .68 + b * .32;
}

// How high the hills of one ridge stand, of the picture; `k` 0 is the farthest.
float ridge(float x_m, float k) {
    float rolling = texture(noise, vec2(x_m * (.045 + .012 * k) + .31 * k, .13 + .29 * k)).r;
    float trees = texture(noise, vec2(x_m * .55 + .17 * k, .41 + .2 * k)).a;
    return .235 - .060 * k + (.15 - .030 * k) * (rolling - .5) + (.004 + .006 * k) * trees;
}

void main() {
    vec2 m = uv * surface_m;
    vec3 c = mix(vec3(.26, .085, .050), vec3(.105, .045, .115), smoothstep(0., .34, uv.y));
    c = mix(c, vec3(.022, .034, .115), smoothstep(.22, .72, uv.y));
    c = mix(c, vec3(.006, .011, .048), smoothstep(.65, 1., uv.y));
    vec2 sun = (uv - vec2(.5, -.12)) * vec2(1.1, 1.6);
    c += vec3(.34, .13, .035) * exp(-dot(sun, sun) * 5.5);
    for (int i = 0; i < 3; i++) {
        float k = float(i), base = .16 + .25 * k;
        float n = puffs(m + 3.7 * k, .21 * k), below = puffs(m + 3.7 * k - vec2(0., .09), .21 * k);
        float band = exp(-pow((uv.y - base) * 5.2, 2.)), cloud = smoothstep(.50, .80, n) * band;
        float lit = clamp((n - below) * 3.2 + .35, 0., 1.);
        vec3 shade = mix(vec3(.035, .026, .070), vec3(.36, .14, .13) * (1.15 - .33 * k), lit);
        c = mix(c, shade, .8 * cloud);
    }
    vec2 cell = floor(m * 9.), q = fract(m * 9.) - .5;
    float id = hash(cell.x + cell.y * 57.);
    q -= (vec2(hash(id * 91.), hash(id * 23.)) - .5) * .7;
    float twinkle = .55 + .45 * sin(t_s * (.6 + id) + id * 60.);
    c += vec3(.55, .65, .9) * smoothstep(.085, 0., length(q)) * step(.80, id) * twinkle * smoothstep(.5, .95, uv.y);
    for (int i = 0; i < 3; i++) {
        float k = float(i), top = ridge(m.x, k), below = top - uv.y, soft = (4. * pixel_m) / surface_m.y;
        vec3 hill = mix(vec3(.058, .030, .075), vec3(.007, .011, .030), k / 2.);
        float west = exp(-pow((m.x / surface_m.x - .5) * 2.1, 2.)) * (1. - .42 * k);
        hill = hill * (.8 + .4 * texture(noise, m * .5 + k).a) + vec3(.13, .050, .036) * west * smoothstep(.10, 0., below);
        vec2 yard = floor(m * vec2(7., 9.) + k * 3.3), in_yard = fract(m * vec2(7., 9.) + k * 3.3) - .5;
        float home = step(.90, hash(yard.x * 3.1 + yard.y * 17.7 + k)) * step(.02, below) * step(.5, k);
        hill += vec3(.95, .52, .15) * home * exp(-dot(in_yard, in_yard) * 90.) * (.8 + .2 * sin(t_s * .9 + yard.x));
        c = mix(c, hill, smoothstep(-soft, soft, below));
    }
    vec2 edge = abs(uv - .5) * 2.;
    float rim = max(0., 1. - pow(edge.x, 6.)) * max(0., 1. - pow(edge.y, 6.));
    light = vec4(c * (.25 + .75 * rim), 1.);
}
