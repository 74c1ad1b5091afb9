// A painter's floor: coarse linen under a skylight, with drops of other days.
uniform vec2 surface_m; in vec2 uv; out vec4 light;

vec4 drops(vec2 m, float cells, float turn) {
    m = turned(turn) * m;
    vec2 at = floor(m * cells), q = fract(m * cells) - .5;
    float id = hash(at.x * 5.3 + at.y * 37.1 + turn);
    q -= (vec2(hash(id * 31.), hash(id * 57.)) - .5) * .55;
    float R = .05 + .13 * hash(id * 11.), a = atan(q.y, q.x);
    float d = length(q) - R * (1. + .16 * sin(3. * a + id * 40.) + .08 * sin(7. * a + id * 90.));
    float k = hash(id * 19.) * 4.;
    vec3 tint = k < 1. ? vec3(.09, .015, .04) : k < 2. ? vec3(.012, .06, .085) : k < 3. ? vec3(.10, .065, .012) : vec3(.035, .075, .018);
    return vec4(tint, 1.) * smoothstep(.012, -.012, d) * step(.45, hash(id * 7.));
}

void main() {
    vec2 m = uv * surface_m;
    float warp = sin(m.x * 230.) * sin(m.y * 230.), px = clamp(1.5 - 120. * pixel_m, 0., 1.);
    float soft = texture(noise, m * .12).r, grain = texture(noise, m * 1.2).a;
    vec3 c = vec3(.060, .048, .044) * (.75 + .35 * soft + .25 * grain + .12 * warp * px);
    vec4 stain = over(drops(m, 1.7, .4), drops(m, 2.9, 1.9));
    c = stain.rgb * (1.1 + .5 * grain) + c * (1. - .85 * stain.a);
    vec2 sky = (m - surface_m * (.5 + .18 * vec2(sin(t_s * .11), cos(t_s * .09)))) / (.55 * surface_m);
    c *= .55 + .85 * exp(-dot(sky, sky) * .9);
    c += vec3(.010, .013, .022) * smoothstep(.45, .8, texture(noise, m * .06 + vec2(.011, .007) * t_s).g);
    vec2 edge = abs(uv - .5) * 2.;
    float rim = max(0., 1. - pow(edge.x, 6.)) * max(0., 1. - pow(edge.y, 6.));
    light = vec4(c * (.15 + .85 * rim), 1.);
}
