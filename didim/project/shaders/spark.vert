// One burst: each spark is a pure function of its number, the burst's seed and its age.
uniform vec2 surface_m, origin_m;
uniform vec3 tint;
uniform float age_s, life_s, spread_s, seed;
out vec2 p; flat out vec4 color; flat out vec2 span;

const float DRAG_HZ = 3.4, SHUTTER_S = .13;

float travelled(float speed, float age) { return speed * (1. - exp(-DRAG_HZ * max(age, 0.))) / DRAG_HZ; }

void main() {
    float n = float(gl_InstanceID) + seed * 61.;
    float own_s = age_s - spread_s * hash(n + .29);          // each has its moment to come out
    float heading = TAU * (hash(n) + .03 * sin(n));
    float speed = mix(.35, 2.3, sqrt(hash(n + .37))), life = life_s * mix(.55, 1., hash(n + .59));
    float left = clamp(1. - own_s / life, 0., 1.);
    float curl = (hash(n + .91) - .5) * .8 * own_s;
    vec2 way = vec2(cos(heading + curl), sin(heading + curl));
    float head = travelled(speed, own_s) + .02, tail = max(travelled(speed, own_s - SHUTTER_S), 0.);
    float radius = mix(.020, .042, hash(n + .13)) * (.35 + .65 * left);
    span = vec2(radius, (head - tail) * .5 + radius);

    float kind = hash(n + .77);
    vec3 c = kind < .46 ? tint : kind < .62 ? vec3(1.9, 1.2, .25) : kind < .78 ? vec3(1.8, .45, 1.1)
           : kind < .90 ? vec3(.3, 1.4, 1.7) : vec3(.9, 1.6, .5);
    float twinkle = .97 + .03 * sin(own_s * 9. + n * 5.);
    color = vec4(c * .55, smoothstep(0., .25, left) * twinkle * smoothstep(0., .03, own_s + .015));
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2. - 1.;
    p = corner * vec2(span.y, span.x);                        // x along the flight, the head at +x
    vec2 m = origin_m + way * (head + tail) * .5 + mat2(way, vec2(-way.y, way.x)) * p;
    gl_Position = vec4(m / surface_m * 2. - 1., 0., left > 0. && own_s > -.015 ? 1. : 0.);
}
