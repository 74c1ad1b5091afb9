// A part of a ring, symmetric about +x. size.z: radius, size.w: half width; more.x: half the angle it covers
in vec2 p; flat in vec4 size, color, more; out vec4 light;

void main() {
    float R = size.z, w = size.w, reach = more.x;
    vec2 q = vec2(p.x, abs(p.y));
    float inside = step(atan(q.y, q.x), reach);
    float d = mix(length(q - R * vec2(cos(reach), sin(reach))), abs(length(q) - R), inside) - w;
    vec3 c = color.rgb * (1. + .3 * smoothstep(-.2 * w, -w, d));
    float halo = max(0., 1. - max(d, 0.) / (2.6 * w));
    light = vec4(c, 1.) * cover(d) + vec4(color.rgb * .20 * halo * halo * halo, 0.) * (1. - cover(d));
    light *= color.a;
}
