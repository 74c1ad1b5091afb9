// An island of sand with its surf, from above. size.z: about its radius; more.x: which one; color: the sand's
in vec2 p; flat in vec4 size, color, more; flat in vec2 lamp; out vec4 light;

float shore(vec2 q) {
    float bays = texture(noise, q * .085 + more.x).r - .5, small = texture(noise, q * .16 - more.x).g - .5;
    return length(q) - .93 - .17 * bays - .05 * small;
}

void main() {
    float R = size.z;
    vec2 q = p / R;
    float d = shore(q), land = smoothstep(0., -.30, d), slope = (shore(q + lamp * .04) - shore(q - lamp * .04)) / .08;
    float grain = texture(noise, q * .9 + more.x).a, drift = texture(noise, turned(.5) * q * vec2(.16, .5) + more.x).g;
    vec3 dry = color.rgb * (.72 + .22 * grain + .26 * drift), wet = color.rgb * vec3(.34, .42, .50);
    float tide = .012 * sin(t_s * .9 + more.x * 7.);
    vec3 c = mix(wet, dry, smoothstep(.01, -.10, d + tide)) * (.86 + .42 * slope * smoothstep(-.55, -.05, d));
    float meadow = smoothstep(-.38, -.50, d + .14 * (drift - .5));
    c = mix(c, vec3(.030, .150, .040) * (.55 + .8 * grain + .3 * drift), meadow);
    vec3 surf = vec3(.45, .80, .82);
    float wash = 0.;
    for (int i = 0; i < 3; i++) {
        float go = fract(t_s * .13 + float(i) / 3. + more.x), at = .30 - .31 * go;
        wash += exp(-pow((d - at) * 44., 2.)) * (1. - go * .3) * smoothstep(0., .3, go) * (.55 + .7 * grain);
    }
    wash = wash * .38 + 1.1 * exp(-pow((d + tide) * 60., 2.)) * (.5 + .6 * grain);
    float shallow = exp(-max(d, 0.) * 7.) * smoothstep(.42, .20, d);
    vec4 water = vec4(vec3(.020, .26, .25) * shallow + surf * wash * smoothstep(.42, .30, d), .55 * shallow);
    float sand = cover(d * R);
    light = vec4(c + surf * wash * .8, 1.) * sand + water * (1. - sand);
    light *= color.a;
}
