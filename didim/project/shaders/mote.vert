// Lights that drift over the pond, each a pure function of its number and the time.
uniform vec2 surface_m;
out vec2 p; flat out vec4 color;

void main() {
    float n = float(gl_InstanceID);
    float near = hash(n + .17), speed = .02 + .03 * near;
    vec2 home = vec2(hash(n + .31), hash(n + .53)) * (surface_m + .2);
    vec2 drift = vec2(cos(n * 2.4), sin(n * 2.4)) * speed * t_s;
    vec2 sway = .03 * vec2(sin(t_s * .7 + n), cos(t_s * .9 + 1.7 * n));
    vec2 m = mod(home + drift + sway, surface_m + .2) - .1;
    float radius = .012 + .026 * near * near;
    vec3 tint = n - 3. * floor(n / 3.) < .5 ? vec3(.25, 1., 1.1) : (hash(n + .71) < .5 ? vec3(1.2, .8, .3) : vec3(.75, .45, 1.3));
    color = vec4(tint, (.12 + .5 * hash(n + .83)) * (.65 + .35 * sin(t_s * 1.3 + n * 3.1)));
    p = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2. - 1.;
    gl_Position = vec4((m + p * radius) / surface_m * 2. - 1., 0., 1.);
}
