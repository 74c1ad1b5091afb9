// A running track at night, from above: rubber grains under floodlights that wander, confetti of cameras in the dark.
uniform vec2 surface_m; in vec2 uv; out vec4 light;

void main() {
    vec2 m = uv * surface_m;
    float grit = texture(noise, m * 1.5).a, fine = texture(noise, turned(.9) * m * 3.1).a, cloud = texture(noise, m * .10).r;
    vec3 c = mix(vec3(.050, .008, .018), vec3(.105, .020, .016), cloud) * (.45 + .5 * grit + .5 * fine);
    for (int i = 0; i < 3; i++) {
        float k = float(i), way = t_s * (.10 + .03 * k) + 2.2 * k;
        vec2 at = surface_m * (.5 + vec2(.44 * sin(way), .40 * cos(way * 1.3)));
        vec2 q = turned(way) * (m - at) / vec2(1.25, .75);
        vec3 lamp = i == 0 ? vec3(.060, .085, .150) : i == 1 ? vec3(.150, .080, .028) : vec3(.085, .030, .110);
        c += lamp * exp(-dot(q, q) * 1.6) * (.55 + .45 * fine);
    }
    vec2 edge = abs(uv - .5) * 2.;
    float rim = max(0., 1. - pow(edge.x, 6.)) * max(0., 1. - pow(edge.y, 6.));
    light = vec4(c * (.15 + .85 * rim), 1.);
}
