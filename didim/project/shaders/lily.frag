// size.z: radius; the notch opens to +x
in vec2 p; flat in vec4 size, color; flat in vec2 lamp; out vec4 light;

void main() {
    float R = size.z, px = pixel_m / R;
    vec2 q = p / R;
    float r = length(q), angle = atan(q.y, q.x);
    float rim = .965 + .018 * sin(angle * 5.) + .012 * sin(angle * 9. + 2.);
    float gap = .03 + .27 * smoothstep(.0, .55, r) - .10 * smoothstep(.7, 1., r);
    float wedge = (gap - abs(angle)) * r + .012;
    float d = r - rim;
    float k = max(.12 - abs(d - wedge), 0.) / .12;     // rounds the two corners at the notch
    d = max(d, wedge) + k * k * .030;

    vec2 grain = texture(noise, q * .17 + .2).ra;
    float rib = abs(fract(angle * 9. / TAU + .5) - .5) * TAU / 9. * r;
    float twig = abs(fract(angle * 18. / TAU + .5 + .10 * sin(r * 7.)) - .5) * TAU / 18. * r;
    float veins = smoothstep(.013 + px, .002, rib) * smoothstep(1., .15, r);
    veins += .55 * smoothstep(.010 + px, .001, twig) * smoothstep(.35, .55, r) * smoothstep(1., .7, r);

    vec3 deep = color.rgb * .20 + vec3(.1, .2, .5) * .05 * light_of(color.rgb);
    vec3 c = mix(deep, color.rgb, smoothstep(-.05, .95, r * r + .5 * (grain.x - .5)));
    c *= .86 + .22 * grain.y;
    c += color.rgb * veins * .50;
    c *= 1. + .30 * dot(q, lamp);
    float fold = smoothstep(-.10, -.05, d) * smoothstep(-.015, -.05, d);
    c *= 1. - .22 * fold;
    c += color.rgb * smoothstep(-.045, -.012, d) * (.55 + .35 * dot(normalize(q + 1e-4), lamp));
    float wet = smoothstep(.34, .0, length(q - lamp * .48));
    c += (color.rgb * .35 + .02) * wet * wet * .6;

    float shadow = .60 * smoothstep(1.22, .80, length(q + lamp * .13));
    light = over(vec4(c, 1.) * cover(d * R), vec4(0., 0., 0., shadow)) * color.a;
}
