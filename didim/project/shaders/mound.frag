// Earth thrown up around a hole, from above. size.z: radius of the ridge; more.x: which one; color: the earth's
in vec2 p; flat in vec4 size, color, more; flat in vec2 lamp; out vec4 light;

float crumbs(vec2 q) { return 1. - texture(noise, q * .21 + more.x).b + .25 * texture(noise, q * .33 + more.x).a; }

void main() {
    float R = size.z;
    vec2 q = p / R;
    float wild = texture(noise, q * .11 + more.x).r - .5, r = length(q) + .16 * wild + .07 * (crumbs(q) - .8);
    vec2 out_to = q / max(length(q), .001);
    float lean = r > .84 ? 1. : -1., toward = dot(out_to, lamp) * lean * smoothstep(0., .16, abs(r - .84));
    float rough = crumbs(q + lamp * .05) - crumbs(q - lamp * .05);
    vec3 c = color.rgb * (.56 + .40 * crumbs(q)) * (.80 + .75 * toward + 0.45 * rough);
    float hole = smoothstep(.72, .50, r), deep = smoothstep(.62, .10, r - .12 * dot(out_to, lamp));
    c = mix(c, color.rgb * mix(.32, .04, deep), hole);
    c += color.rgb * .30 * smoothstep(.05, .0, abs(r - .70)) * max(0., -dot(out_to, lamp));
    float d = (r - 1.20) * R, shadow = .55 * smoothstep(1.42, 1.12, length(q + lamp * .09));
    light = over(vec4(c, 1.) * cover(d), vec4(0., 0., 0., shadow)) * color.a;
}
