// A tile with a raised rim. more.xy: half its sides; size.z: radius of its corners
in vec2 p; flat in vec4 size, color, more; flat in vec2 lamp; out vec4 light;

void main() {
    float R = size.z, rim = max(.10 * min(more.x, more.y), 2. * pixel_m);
    vec2 q = abs(p) - more.xy + R;
    float d = length(max(q, 0.)) + min(max(q.x, q.y), 0.) - R;
    vec2 n = q.x > q.y ? vec2(sign(p.x), 0.) : vec2(0., sign(p.y));
    if (min(q.x, q.y) > 0.) n = normalize(q) * sign(p);
    float grain = texture(noise, p * .21 + color.rg).a;
    float edge = smoothstep(-rim, -.35 * rim, d);
    vec3 c = color.rgb * (.70 + .10 * dot(p / more.xy, lamp) + .10 * grain);
    c *= 1. + edge * (.35 + .55 * dot(n, lamp));
    c *= 1. - .30 * smoothstep(-1.5 * rim, -rim, d) * (1. - edge);
    float shadow = .45 * smoothstep(.6 * rim, -.2 * rim, length(max(q + lamp * .5 * rim, 0.)) + min(max(q.x, q.y), 0.) - R);
    light = over(vec4(c, 1.) * cover(d), vec4(0., 0., 0., shadow)) * color.a;
}
