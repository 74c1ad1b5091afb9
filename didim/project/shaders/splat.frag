// A blot of wet paint. size.z: radius; more.x: which one it is
in vec2 p; flat in vec4 size, color, more; flat in vec2 lamp; out vec4 light;

float blot(vec2 q) {
    float angle = atan(q.y, q.x), s = more.x;
    float wave = .10 * sin(angle * 3. + s * 7.) + .07 * sin(angle * 5. + s * 13.) + .05 * sin(angle * 9. + s * 29.);
    float d = length(q) - .78 - wave;
    for (int i = 0; i < 4; i++) {
        float a = hash(s + float(i)) * TAU, far = .86 + .14 * hash(s + float(i) + 5.);
        d = min(d, length(q - far * vec2(cos(a), sin(a))) - .05 - .07 * hash(s + float(i) + 9.));
    }
    return d;
}

void main() {
    float R = size.z;
    vec2 q = p / R;
    float d = blot(q), rise = smoothstep(.02, -.22, d);
    float slope = blot(q + lamp * .05) - blot(q - lamp * .05);
    vec3 c = color.rgb * (.62 + .26 * rise + 1.6 * slope * (1. - rise));
    c += (color.rgb * .3 + .25) * smoothstep(.05, .09, slope) * smoothstep(-.20, -.06, d);
    light = vec4(c, 1.) * cover(d * R) * color.a;
}
