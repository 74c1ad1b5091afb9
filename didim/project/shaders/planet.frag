// A small world: bands of cloud that drift, day on one side, a rim of air. size.z: radius; more.x: which one
in vec2 p; flat in vec4 size, color, more; flat in vec2 lamp; out vec4 light;

void main() {
    float R = size.z, r = length(p) / R, d = (r - 1.) * R, z = sqrt(max(0., 1. - r * r));
    vec2 q = p / R, at = vec2(atan(q.x, z + .02) * .5, asin(clamp(q.y, -1., 1.)) * .55);
    float swirl = texture(noise, vec2(at.x * .5 + .016 * t_s, at.y * .6) + more.x).r;
    float band = texture(noise, vec2(at.x * .10 + .008 * t_s, at.y * .42 + .13 * swirl) + 3.1 * more.x).g;
    vec3 deep = color.rgb * .13 + vec3(.004, .006, .022), cloud = color.rgb * .62 + .10 * light_of(color.rgb);
    vec3 c = mix(deep, cloud, smoothstep(.22, .90, band));
    c += cloud * .25 * smoothstep(.70, .95, swirl);
    float day = clamp(dot(vec3(q, z), normalize(vec3(lamp, .70))), 0., 1.);
    c *= .16 + 1.05 * day;
    c += (color.rgb + .05) * pow(1. - z, 3.) * (.30 + .85 * day);
    float halo = max(0., 1. - max(d, 0.) / (.35 * R));
    light = vec4(c, 1.) * cover(d) + vec4(color.rgb * .26 * halo * halo * halo, 0.) * (1. - cover(d));
    light *= color.a;
}
