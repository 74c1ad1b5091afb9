// size.z: length, the nose at +x; extra: its pattern; more.x: phase of the stroke
in vec2 p; flat in vec4 size, color, more; flat in float extra; flat in vec2 lamp; out vec4 light;

float bend(float x) {
    float tail = smoothstep(.35, -.55, x);
    return (.012 + .085 * tail * tail) * sin(more.x + x * 5.2);
}

float width(float u) {
    float s = (u - .64) / (u > .64 ? .37 : .66);
    return .112 * sqrt(max(0., 1. - s * s));
}

vec4 fin(vec2 s, float reach, float spread, float rays, vec3 tint) {
    float a = abs(atan(s.y, s.x)), r = length(s) / reach;
    float edge = 1. - .22 * smoothstep(spread * .4, .0, a);
    float alpha = smoothstep(edge, edge - .16, r) * smoothstep(spread, spread * .78, a);
    float stripes = .62 + .38 * sin(atan(s.y, s.x) * rays);
    return vec4(tint * stripes, 1.) * alpha * mix(.95, .30, r);
}

void main() {
    float L = size.z, px = pixel_m / L;
    vec2 q = p / L;
    vec2 below = q + lamp * .055;
    below.y -= bend(below.x);
    float shade = abs(below.y) - .9 * width((below.x + .27) / .77);
    float shadow = .45 * smoothstep(.05, -.06, shade) * smoothstep(-.42, -.2, below.x) * smoothstep(.55, .45, below.x);
    vec4 sum = vec4(0., 0., 0., shadow);

    q.y -= bend(q.x);
    float u = (q.x + .27) / .77, w = width(u);
    float gold = smoothstep(.5, .2, abs(color.g / max(color.r, .01) - .62));   // an all-gold fish is its own kind
    vec3 white = mix(vec3(1.15, 1.10, 1.02), color.rgb * vec3(1.05, .80, .8), gold);
    vec3 tint = mix(color.rgb, vec3(1.1, 1., .9), .25) * .75;
    float sway = .5 * sin(more.x - 2.1);
    vec2 tail = transpose(turned(sway * .5)) * (q + vec2(.245, 0.));
    sum = over(fin(vec2(-tail.x, tail.y + .02), .27, .42, 46., tint), sum);
    sum = over(fin(transpose(turned(.38)) * vec2(-tail.x, abs(tail.y)), .31, .30, 60., tint), sum);
    vec2 side = vec2(q.x - .23, abs(q.y) - .075);
    float flap = .18 * sin(more.x * .5);
    sum = over(fin(transpose(turned(.95 + flap)) * vec2(-side.x, side.y), .19, .42, 40., tint), sum);
    vec2 rear = vec2(q.x + .05, abs(q.y) - .05);
    sum = over(fin(transpose(turned(.6)) * vec2(-rear.x, rear.y), .10, .35, 30., tint), sum);

    float d = u > 1. ? length(vec2(q.x - .5, q.y)) : (u < 0. ? .05 : abs(q.y) - w);
    float patches = texture(noise, vec2(q.x * .42, q.y * .42) + extra).r;
    vec3 c = mix(white, color.rgb, smoothstep(.40, .47, patches + .10 * smoothstep(.1, .4, q.x)));
    float round_ = clamp(abs(q.y) / max(w, .004), 0., 1.);
    c *= 1. - .52 * round_ * round_ * round_;
    c *= 1. + .30 * dot(vec2(0., sign(q.y)), lamp) * round_;
    vec2 cell = vec2(q.x * 46., q.y * 46.);
    float scale = sin(cell.x + cell.y) * sin(cell.x - cell.y);
    c *= 1. + .13 * scale * smoothstep(.95, .7, u);
    c += (c * .35 + .05) * smoothstep(.022, .0, abs(q.y - .012)) * smoothstep(1., .7, u) * smoothstep(.0, .3, u);
    c *= 1. - .18 * smoothstep(.012, .004, abs(u - .80 + .9 * q.y * q.y * 20.)) ;
    sum = over(vec4(c, 1.) * clamp(.5 - d * .85 / px, 0., 1.), sum);

    vec2 eye = vec2(q.x - .435, abs(q.y) - .047);
    sum = over(vec4(.01, .01, .02, 1.) * clamp(.5 - (length(eye) - .017) / px, 0., 1.), sum);
    sum = over(vec4(1.8, 1.8, 1.8, 1.) * clamp(.5 - (length(eye - vec2(.006, .004)) - .006) / px, 0., 1.), sum);
    light = sum * color.a;
}
