// A picture or a layer of its own, smoothed between its pixels. size.xy: half its sides
uniform sampler2D source;
in vec2 p; flat in vec4 size, color; out vec4 light;

// Weighted by its opacity, so that nothing of the colour below a hole comes through at its rim.
vec4 at(ivec2 pixel, ivec2 last) {
    vec4 c = texelFetch(source, clamp(pixel, ivec2(0), last), 0);
    return vec4(c.rgb * c.a, c.a);
}

void main() {
    ivec2 all = textureSize(source, 0), last = all - 1;
    vec2 where = (p / size.xy * vec2(.5, -.5) + .5) * vec2(all) - .5, f = fract(where);
    ivec2 a = ivec2(floor(where));
    vec4 upper = mix(at(a, last), at(a + ivec2(1, 0), last), f.x);
    vec4 lower = mix(at(a + ivec2(0, 1), last), at(a + ivec2(1, 1), last), f.x);
    vec4 c = mix(upper, lower, f.y);
    light = vec4(pow(c.rgb / max(c.a, 1e-4), vec3(2.2)), 1.) * c.a * color.a;
}
