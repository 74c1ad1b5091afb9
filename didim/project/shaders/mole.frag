// size.z: radius of the hole; more.x: how far the mole is out; color: its hat
in vec2 p; flat in vec4 size, color, more; out vec4 light;

vec4 fill(vec3 c, float d, float R) { return vec4(c, 1.) * cover(d * R); }

void main() {
    float R = size.z, rise = more.x;
    vec2 q = p / R;
    float hole = length(q * vec2(1., 1.55) + vec2(0., .62)) - 1.;
    float heap = length(q * vec2(.86, 1.25) + vec2(0., .52)) - 1.06 - .05 * texture(noise, q * .12).r;
    float crumbs = texture(noise, q * .19 + .3).a;
    vec3 earth = mix(vec3(.10, .042, .014), vec3(.26, .12, .045), crumbs) * (.75 + .35 * smoothstep(-1., .6, q.y));
    light = fill(earth, heap, R);
    float wall = smoothstep(-.34, -.02, hole) * smoothstep(-.75, -.30, q.y);   // the far wall of the hole catches light
    light = over(fill(mix(vec3(.010, .005, .004), earth * .42, wall), hole, R), light);

    vec2 m = q - vec2(0., mix(-1.55, .06, rise));                 // the mole's own middle
    float body = length(vec2(m.x, max(abs(m.y + .25) - .42, 0.) * sign(m.y + .25)) * vec2(1.28, 1.)) - .56;
    float under = step(0., -hole) + step(-.40, q.y);              // what the near rim of the hole hides
    float shown = clamp(under, 0., 1.);
    vec3 fur = mix(vec3(.15, .085, .060), vec3(.36, .22, .16), smoothstep(.7, -.5, length(m - vec2(-.2, .35))));
    fur *= .85 + .3 * texture(noise, m * vec2(.5, .2)).g;
    vec4 mole = fill(fur, body, R);
    float face = length((m - vec2(0., -.06)) * vec2(1., 1.25)) - .36;
    mole = over(fill(vec3(.62, .42, .32), face, R), mole);
    vec2 e = vec2(abs(m.x) - .19, m.y - .20);
    float blink = mix(1., 7., smoothstep(.985, 1., sin(t_s * 1.3 + color.r * 9.)));
    mole = over(fill(vec3(1.1), length(e * vec2(1., blink)) - .115, R), mole);
    mole = over(fill(vec3(.01), length((e + vec2(.0, .015)) * vec2(1., blink)) - .066, R), mole);
    mole = over(fill(vec3(1.6), length(e - vec2(-.025, .03)) - .022, R), mole);
    mole = over(fill(vec3(.95, .22, .30), length((m - vec2(0., .02)) * vec2(1., 1.35)) - .105, R), mole);
    mole = over(fill(vec3(1.4), length(m - vec2(-.03, .05)) - .024, R), mole);
    float tooth = max(abs(abs(m.x) - .045) - .040, abs(m.y + .20) - .075);
    mole = over(fill(vec3(1.05, 1., .92), tooth, R), mole);
    float brim = length((m - vec2(0., .44)) * vec2(1., 3.6)) - .52, cap = max(length((m - vec2(0., .44)) * vec2(1.12, .95)) - .42, .44 - m.y);
    vec3 hat = color.rgb * (.75 + .5 * smoothstep(.4, -.3, length(m - vec2(-.16, .72))));
    mole = over(fill(hat, min(brim, cap), R), mole);
    light = over(mole * shown, light);
    light *= color.a;
}
