// Blocks seen from above at night: roofs, windows' light on the streets, cars that pass.
uniform vec2 surface_m; in vec2 uv; out vec4 light;

void main() {
    vec2 m = uv * surface_m / .8, at = floor(m), q = fract(m) - .5;
    float id = hash(at.x * 7.3 + at.y * 91.1);
    vec2 half_m = vec2(.36, .36) - .05 * vec2(hash(id * 3.), hash(id * 5.));
    vec2 box = abs(q) - half_m;
    float d = max(box.x, box.y), px = (3. * pixel_m) / .8;
    float roof = smoothstep(px, -px, d);
    vec3 c = vec3(.006, .007, .014) + vec3(.05, .022, .006) * exp(-max(d, 0.) * 22.);
    vec2 lane = abs(abs(q) - .5);
    c += vec3(.035) * smoothstep(.010, .004, min(lane.x, lane.y)) * step(.5, fract((lane.x < lane.y ? m.y : m.x) * 6.));
    vec3 tint = mix(vec3(.015, .030, .075), vec3(.055, .022, .070), id) * (.6 + .8 * texture(noise, m * .25).a);
    tint += vec3(.04, .05, .08) * smoothstep(-.035, -.01, d);
    vec2 cell = fract(q * 9.) - .5;
    float lit = step(.80, hash(id * 17. + floor(q.x * 9.) + floor(q.y * 9.) * 13. + floor(t_s * .07 + id * 5.)));
    tint += vec3(.34, .24, .09) * lit * smoothstep(.34, .2, max(abs(cell.x), abs(cell.y))) * step(d, -.06);
    c = mix(c, tint, roof);
    float row = floor(m.y + .5), dx = fract(m.x * .25 - t_s * (.05 + .05 * hash(row)) + hash(row * 7.)) - .5;
    float car = exp(-pow((abs(q.y) - .47) * 60., 2.)) * exp(-pow(dx * 55., 2.));
    c += vec3(.9, .75, .45) * car * step(.5 - .05, abs(q.y) + .03);
    vec2 edge = abs(uv - .5) * 2.;
    float rim = max(0., 1. - pow(edge.x, 6.)) * max(0., 1. - pow(edge.y, 6.));
    light = vec4(c * (.15 + .85 * rim), 1.);
}
