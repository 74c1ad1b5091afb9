// more: the glyph's place in the atlas (u0, v0, u1, v1), rows downwards; size.z: metres from black to white of
// the distance field; size.w: width of the outline; extra: 0 for what lies behind the letters, 1 for themselves
uniform sampler2D atlas;
in vec2 p; flat in vec4 size, color, more; flat in float extra; out vec4 light;

void main() {
    vec2 u = p / size.xy * .5 + .5;
    float d = (.5 - texture(atlas, vec2(mix(more.x, more.z, u.x), mix(more.w, more.y, u.y))).r) * size.z;
    if (extra > .5) {
        float sheen = 1.06 - .20 * smoothstep(.0, 1., 1. - u.y);
        light = vec4(color.rgb * sheen, 1.) * cover(d) * color.a;
    } else {
        float reach = size.z * .5, halo = max(0., 1. - max(d - size.w, 0.) / (reach - size.w));
        float back = cover(d - size.w);
        light = vec4(vec3(.004, .007, .02), 1.) * back * .92;
        light += vec4(color.rgb * .16 * halo * halo * step(d, reach * .995), 0.) * (1. - back);
        light *= color.a;
    }
}
