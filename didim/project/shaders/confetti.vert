// One throw of paper: each scrap is a pure function of its number, the burst's seed and its age.
uniform vec2 surface_m, origin_m;
uniform vec3 tint;
uniform float age_s, life_s, seed;
out vec2 p; flat out vec4 color; flat out vec2 span;

const float DRAG_HZ = 2.1;

void main() {
    float n = float(gl_InstanceID) + seed * 61.;
    float heading = TAU * hash(n), speed = mix(.5, 3.2, sqrt(hash(n + .37)));
    float life = life_s * mix(.6, 1., hash(n + .59)), left = clamp(1. - age_s / life, 0., 1.);
    float out_m = speed * (1. - exp(-DRAG_HZ * age_s)) / DRAG_HZ;
    vec2 drift = vec2(sin(age_s * 1.9 + n), cos(age_s * 1.6 + n * 1.7)) * .07 * min(age_s, 1.5);
    float flip = age_s * mix(3., 8., hash(n + .13)) + n;                  // it tumbles: narrow when seen on edge
    span = mix(.020, .034, hash(n + .21)) * vec2(1., .62) * vec2(1., max(abs(cos(flip)), .12));

    float kind = hash(n + .77);
    vec3 c = kind < .50 ? tint : kind < .64 ? vec3(1.5, .95, .15) : kind < .78 ? vec3(1.3, .25, .75)
           : kind < .90 ? vec3(.15, .95, 1.3) : vec3(.55, 1.2, .25);
    color = vec4(c * mix(.55, 1.25, abs(cos(flip))), smoothstep(0., .3, left));
    p = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2. - 1.;
    vec2 m = origin_m + vec2(cos(heading), sin(heading)) * out_m + drift + turned(n + age_s * 2.) * (p * (span + pixel_m));
    p *= span + pixel_m;
    gl_Position = vec4(m / surface_m * 2. - 1., 0., left > 0. ? 1. : 0.);
}
