// size.z: radius to the petals' tips
in vec2 p; flat in vec4 size, color; flat in vec2 lamp; out vec4 light;

float petal(vec2 q, float r, float d) {
    q = abs(q);
    float b = sqrt(r * r - d * d);
    return ((q.y - b) * d > q.x * b) ? length(q - vec2(0., b)) : length(q - vec2(-d, 0.)) - r;
}

void main() {
    float R = size.z, px = pixel_m / R;
    vec2 q = p / R;
    float r = length(q), angle = atan(q.y, q.x);
    vec4 sum = vec4(0., 0., 0., .62 * smoothstep(1.12, .55, length(q + lamp * .10)));
    vec3 base = color.rgb * color.rgb / (max(color.r, max(color.g, color.b)) + .05) * .42 + color.rgb * .06;
    for (int ring = 0; ring < 4; ring++) {
        float reach = ring == 0 ? .97 : ring == 1 ? .83 : ring == 2 ? .62 : .42;
        float n = ring == 3 ? 6. : 9. - float(ring), sector = TAU / n, lean = float(ring) * .37;
        float middle = floor((angle - lean) / sector + .5);
        for (int j = 0; j < 3; j++) {
            float step = j == 2 ? 0. : float(j) * 2. - 1.;     // the two neighbours lie below
            vec2 s = transpose(turned((middle + step) * sector + lean)) * q;
            vec2 f = vec2(s.y, s.x - reach * .54);
            float d = petal(f, reach * .58, reach * .36);
            float along = smoothstep(-reach * .35, reach * .46, f.y);
            vec3 c = mix(base, color.rgb, along) * (.80 + .10 * float(ring));
            c *= .78 + .34 * smoothstep(reach * .20, .0, abs(f.x));
            c += color.rgb * smoothstep(-.030, -.006, d) * .30 * along;
            c *= 1. - .38 * smoothstep(.30, -.05, f.y + reach * .25);
            c *= 1. + .22 * dot(normalize(q + 1e-4), lamp);
            c *= j == 2 ? 1. : .84;
            sum = over(vec4(c, 1.) * clamp(.5 - d / px, 0., 1.), sum);
        }
    }
    float seed = texture(noise, q * .9).a;
    vec3 heart = mix(vec3(1.7, .85, .10), vec3(2.3, 1.9, .75), seed) * (1.15 - 2.2 * r);
    light = over(vec4(heart, 1.) * clamp(.5 - (r - .15) / px, 0., 1.), sum) * color.a;
}
