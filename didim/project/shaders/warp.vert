// The surface as the projector sees it: the plane map as a clip-space transform, exact for every pixel.
uniform mat3 clip_from_surface; uniform vec2 surface_m; out vec2 uv;

void main() {
    uv = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    vec3 c = clip_from_surface * vec3(uv * surface_m, 1.);
    gl_Position = vec4(c.xy, 0., c.z);
}
