// A field drawn in chalk. more.xy: half its sides; more.z: how far it is coloured in; more.w: its own hand; size.z: corners
in vec2 p; flat in vec4 size, color, more; out vec4 light;

float field(vec2 q, vec2 half_m, float R) {
    q = abs(q) - half_m + R;
    return length(max(q, 0.)) + min(max(q.x, q.y), 0.) - R;
}

void main() {
    float s = more.w, unit = min(min(more.x, more.y), .22), w = max(.075 * unit, 1.5 * pixel_m);
    vec2 hand = (vec2(texture(noise, p * .42 + s * .13).r, texture(noise, p * .42 + s * .29 + .5).g) - .5) * .10 * unit;
    float grain = smoothstep(.22, .62, texture(noise, p * 1.7 + s * .7).a + .12);
    float d = field(p + hand, more.xy, size.z), loose = field(p - 1.4 * hand, more.xy - .4 * w, size.z);
    float line = max(smoothstep(w, .4 * w, abs(d)), .6 * smoothstep(.6 * w, .1 * w, abs(loose)));
    vec2 h = turned(.75 + .4 * hash(s)) * p + 1.8 * hand;
    float u = h.x / (.21 * unit), rub = smoothstep(.55, .12, abs(fract(u) - .5)) * (.6 + .4 * hash(floor(u) + s));
    float inside = smoothstep(-.2 * w, -1.6 * w, d);
    float laid = inside * more.z * mix(.30 + .70 * rub * grain, 1., .55 * more.z);
    vec3 c = color.rgb * (.85 + .30 * grain + .35 * more.z * smoothstep(-unit, 0., d));
    light = vec4(c, 1.) * max(line * grain, .82 * laid) * color.a;
}
