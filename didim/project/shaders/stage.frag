// A dance floor: dark glass with soft lamps wandering below it.
uniform vec2 surface_m; in vec2 uv; out vec4 light;

void main() {
    vec2 m = uv * surface_m, cell = fract(m / .5) - .5;
    float px = (3. * pixel_m) / .5, seam = smoothstep(.47 - px, .5, max(abs(cell.x), abs(cell.y)));
    vec3 c = vec3(.008, .006, .018) + .008 * texture(noise, m * .3).a;
    for (int i = 0; i < 4; i++) {
        float k = float(i);
        vec2 at = surface_m * (.5 + .38 * vec2(sin(t_s * (.13 + .04 * k) + k * 2.1), cos(t_s * (.17 + .03 * k) + k * 1.3)));
        vec3 tint = i == 0 ? vec3(.22, .02, .15) : i == 1 ? vec3(.01, .11, .24) : i == 2 ? vec3(.12, .03, .26) : vec3(.02, .17, .13);
        float r = length(m - at);
        c += tint * exp(-r * r * 1.9) * .55;
    }
    c *= 1. - .55 * seam;
    c += vec3(.05, .06, .10) * smoothstep(.08, .0, abs(max(abs(cell.x), abs(cell.y)) - .455)) * .16;
    vec2 edge = abs(uv - .5) * 2.;
    float rim = max(0., 1. - pow(edge.x, 6.)) * max(0., 1. - pow(edge.y, 6.));
    light = vec4(c * (.12 + .88 * rim), 1.);
}
