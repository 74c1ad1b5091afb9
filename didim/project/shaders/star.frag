// size.z: radius to the tips
in vec2 p; flat in vec4 size, color; out vec4 light;

// Distance to a five-pointed star with its first tip along +x; after I. Quilez, "2D distance functions".
float star(vec2 q, float r, float depth) {
    const vec2 k1 = vec2(.809016994, -.587785252), k2 = vec2(-k1.x, k1.y);
    q = vec2(abs(q.y), q.x);
    q -= 2. * max(dot(k1, q), 0.) * k1;
    q -= 2. * max(dot(k2, q), 0.) * k2;
    q.x = abs(q.x); q.y -= r;
    vec2 side = depth * vec2(-k1.y, k1.x) - vec2(0., 1.);
    float h = clamp(dot(q, side) / dot(side, side), 0., r);
    return length(q - side * h) * sign(q.y * side.x - q.x * side.y);
}

void main() {
    float R = size.z;
    float d = star(p, R * .84, .46) - R * .16;
    float up = dot(p, vec2(.8, .6)) / R;
    vec3 c = color.rgb * mix(vec3(.82, .50, .42), vec3(1.08), smoothstep(-.9, .7, up));
    c = mix(c, color.rgb * 1.25 + .12, smoothstep(-.07 * R, -.02 * R, d) * .6);
    float shine = smoothstep(.40 * R, 0., length(p - vec2(.26, -.20) * R));
    c += (color.rgb * .4 + .55) * shine * shine * .8;
    float halo = max(0., 1. - max(d, 0.) / (.62 * R));
    light = vec4(c, 1.) * cover(d) + vec4(color.rgb * .26 * halo * halo * halo, 0.) * (1. - .75 * cover(d));
    light *= color.a;
}
