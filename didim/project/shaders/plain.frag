uniform vec2 surface_m; in vec2 uv; out vec4 light;

void main() {
    float n = texture(noise, uv * surface_m * .06 + vec2(.003, .002) * t_s).r;
    vec2 edge = uv * 2. - 1.;
    light = vec4(mix(vec3(.004, .006, .014), vec3(.011, .015, .032), n) * (1.1 - .4 * dot(edge, edge)), 1.);
}
