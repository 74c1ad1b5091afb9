// A stroke with round ends, lit like a tube. size.z: half its length, size.w: half its width
in vec2 p; flat in vec4 size, color; flat in vec2 lamp; out vec4 light;

void main() {
    float w = size.w;
    vec2 q = vec2(sign(p.x) * max(abs(p.x) - size.z, 0.), p.y);
    float d = length(q) - w;
    vec2 n = q / w;
    float up = dot(n, lamp);
    vec3 c = color.rgb * (.78 + .30 * up);
    c += (color.rgb * .30 + .06) * smoothstep(.55, .0, length(n - lamp * .45));
    float halo = max(0., 1. - max(d, 0.) / (1.6 * w));
    light = vec4(c, 1.) * cover(d) + vec4(color.rgb * .14 * halo * halo * halo, 0.) * (1. - cover(d));
    light *= color.a;
}
