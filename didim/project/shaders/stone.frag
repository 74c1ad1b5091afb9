// A slab of rock that floats on embers. more.xy: half its sides; more.z: which one; color: the light of its rim
in vec2 p; flat in vec4 size, color, more; flat in vec2 lamp; out vec4 light;

float bump(vec2 p) { return texture(noise, p * .42 + more.z).g; }

void main() {
    float least = min(more.x, more.y), R = .50 * least;
    vec2 q = abs(p) - more.xy + R, corner = max(q, 0.);
    float d = length(corner) + min(max(q.x, q.y), 0.) - R + least * .30 * (texture(noise, p * .50 + more.z).r - .62);
    light = vec4(0.);
    if (d > .34 * least) return;    // most of what a slab reaches is nothing: spare its light
    float halo = exp(-max(d, 0.) / (.11 * least)) * smoothstep(.34 * least, .20 * least, d);
    vec3 ember = vec3(1.0, .20, .02) * (.55 + .15 * sin(1.7 * t_s + 7. * more.z)) + color.rgb * .15;
    vec4 glow = vec4(ember * halo * 1.5, .6 * halo);
    if (d > pixel_m) { light = glow * color.a; return; }
    vec2 n = corner == vec2(0.) ? (q.x > q.y ? vec2(1., 0.) : vec2(0., 1.)) : normalize(corner);
    float rock = bump(p), rough = bump(p + lamp * .016) - rock, slope = dot(n * sign(p), lamp);
    float bevel = smoothstep(-.34 * least, -.04 * least, d);
    vec4 grain = texture(noise, p * .62 + more.z * 1.7);
    vec3 c = mix(vec3(.030, .022, .028), vec3(.092, .072, .080), .35 * grain.a + .65 * rock);
    c *= 1. + 4. * rough + .85 * slope * bevel;
    c = mix(c, vec3(.012, .006, .006), .85 * smoothstep(.56, .80, grain.b) * (1. - bevel));
    c += vec3(.85, .16, .015) * smoothstep(.74, .98, grain.b) * (.6 + .4 * sin(1.3 * t_s + 9. * more.z)) * (1. - bevel);
    c += color.rgb * smoothstep(.13 * least, 0., abs(d + .15 * least)) * .60;
    light = over(vec4(c, 1.) * cover(d), glow) * color.a;
}
