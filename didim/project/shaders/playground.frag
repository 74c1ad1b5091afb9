// Asphalt in the evening: washed-out chalk, and a lamp's light through leaves that sway.
uniform vec2 surface_m; in vec2 uv; out vec4 light;

void main() {
    vec2 m = uv * surface_m;
    float grit = texture(noise, m * 1.3).a, fine = texture(noise, turned(.6) * m * 2.9).a;
    float worn = texture(noise, m * .08 + .2).r, dust = texture(noise, m * .15 + .4).g;
    vec3 c = vec3(.014, .021, .044) * (.6 + .3 * grit + .4 * fine) * (.75 + .5 * worn);
    vec3 tint = mix(vec3(.075, .022, .060), vec3(.016, .060, .085), texture(noise, m * .05 + .6).r);
    c += tint * smoothstep(.62, 1.05, dust) * (.5 + .5 * grit);
    vec2 wind = vec2(sin(t_s * .53 + m.y * 1.1), cos(t_s * .41 + m.x * .9)) * .016;
    float leaves = min(texture(noise, m * .33 + wind).b, texture(noise, turned(1.1) * m * .47 - 1.3 * wind).b * 1.25);
    float dapple = mix(.55, 1.15, smoothstep(.12, .75, leaves)), far_m = .62 * length(surface_m);
    vec2 warm = (m - surface_m * vec2(.16, .90)) / far_m, cool = (m - surface_m * vec2(.90, .10)) / far_m;
    c += vec3(.30, .165, .045) * dapple * exp(-dot(warm, warm) * 4.5) * (.4 + .6 * fine);
    c += vec3(.035, .085, .20) * dapple * exp(-dot(cool, cool) * 3.8) * (.4 + .6 * fine);
    vec2 edge = abs(uv - .5) * 2.;
    float rim = max(0., 1. - pow(edge.x, 6.)) * max(0., 1. - pow(edge.y, 6.));
    light = vec4(c * (.15 + .85 * rim), 1.);
}
