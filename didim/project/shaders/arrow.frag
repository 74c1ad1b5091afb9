// A stroke from the left to a head at the right. size.z: half its length, size.w: half the stroke's width
in vec2 p; flat in vec4 size, color; flat in vec2 lamp; out vec4 light;

void main() {
    float w = size.w, L = size.z, head = min(4.2 * w, 1.2 * L), wide = 3. * w, soft = .55 * w;
    float neck = L - head;
    vec2 q = vec2(p.x < 0. ? min(p.x + L - w, 0.) : max(p.x - neck, 0.), p.y);
    float shaft = length(q) - w;
    vec2 side = normalize(vec2(wide, head));                       // outward normal of the head's slope
    float tip = max(dot(vec2(p.x - L + soft, abs(p.y)), side) + soft * .2, neck + soft - p.x) - soft;
    float d = min(shaft, tip);
    vec3 c = color.rgb * (.88 + .22 * p.y / wide * lamp.y);
    c += color.rgb * .45 * smoothstep(.55 * w, 0., abs(d + .35 * w));
    float halo = max(0., 1. - max(d, 0.) / (1.6 * w));
    light = vec4(c, 1.) * cover(d) + vec4(color.rgb * .16 * halo * halo * halo, 0.) * (1. - cover(d));
    light *= color.a;
}
