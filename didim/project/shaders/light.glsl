uniform sampler2D canvas, bloom, blend; uniform float bloom_gain, gamma; out vec4 pixel;

// Compresses the strongest channel and keeps the hue, the more like film the brighter: towards yellow and white.
vec3 tone(vec3 c) {
    float m = max(c.r, max(c.g, c.b)) + 1e-5;
    float shown = 1. - exp(-1.05 * m);
    vec3 film = 1. - exp(-1.05 * c);
    c = mix(c * (shown / m), film, .30 + .45 * smoothstep(1.2, 4., m));
    c *= mix(.45 + 3.4 * m, 1., smoothstep(0., .16, m));      // near-black stays black under a projector
    return clamp(mix(vec3(light_of(c)), c, 1.14), 0., 1.);
}

// A finished grey as the projector shows it beside others, see didim.rig.Blend.
vec3 shared_out(vec3 grey) {
    vec2 b = texelFetch(blend, ivec2(gl_FragCoord.xy), 0).rg;
    return pow(pow(grey, vec3(gamma)) * b.r * (1. - b.g) + b.g, vec3(1. / gamma));
}

vec3 grey_at(vec2 uv) {
    vec3 c = texture(canvas, uv).rgb + texture(bloom, uv).rgb * bloom_gain;
    return pow(tone(c), vec3(1. / 2.2));
}

vec4 dithered(vec3 c) {
    float dither = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(.06711056, .00583715)))) - .5;
    return vec4(c + dither / 255., 1.);
}
