uniform vec2 surface_m; in vec2 uv; out vec4 light;

// One flower in some cells of a grid: petals around a yellow heart.
vec4 flowers(vec2 m, float cells) {
    vec2 at = floor(m * cells), q = fract(m * cells) - .5;
    float id = hash(at.x * 3.1 + at.y * 41.7);
    q -= (vec2(hash(id * 71.), hash(id * 33.)) - .5) * .5;
    q = turned(.3 * sin(t_s * .7 + id * 20.) + id * 6.) * q;
    float r = length(q), petal = .11 + .035 * cos(5. * atan(q.y, q.x));
    vec3 tint = mix(vec3(.85, .80, .95), id > .75 ? vec3(.85, .22, .45) : vec3(.75, .55, .10), step(.45, id));
    float px = cells * (3. * pixel_m), shown = step(.62, hash(id * 17.));
    vec3 c = mix(tint * (.4 + 4. * r), vec3(.95, .55, .05), smoothstep(.045 + px, .045 - px, r));
    return vec4(c * .5, 1.) * smoothstep(petal + px, petal - px, r) * shown;
}

void main() {
    vec2 m = uv * surface_m;
    float n = texture(noise, m * .07).r, v = texture(noise, m * .16 + .37).g;
    float wind = texture(noise, m * .045 + vec2(.020, .008) * t_s).r;
    float blades = texture(noise, m * vec2(1.1, .34) + vec2(.06 * wind, 0.)).a;
    float fine = texture(noise, turned(.35) * m * vec2(1.7, .5) + vec2(.05 * wind, 0.)).a;
    vec3 c = mix(vec3(.006, .042, .012), vec3(.022, .105, .018), n);
    c = mix(c, vec3(.060, .125, .012), smoothstep(.5, .95, v) * .6);
    c *= .55 + .55 * blades + .45 * fine;
    c += vec3(.030, .065, .010) * smoothstep(.55, .85, wind) * (.4 + blades);
    vec4 bloom = flowers(m, 2.1);
    c = bloom.rgb * .55 + c * (1. - bloom.a);
    vec2 edge = abs(uv - .5) * 2.;
    float rim = max(0., 1. - pow(edge.x, 6.)) * max(0., 1. - pow(edge.y, 6.));
    light = vec4(c * (.15 + .85 * rim), 1.);
}
