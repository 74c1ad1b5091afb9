uniform sampler2D instances;
uniform int first;
uniform vec2 surface_m;

out vec2 p;                   // metres from the shape's middle, in its own turned frame
flat out vec4 size, color, more;
flat out float extra;
flat out vec2 lamp;           // where the light comes from, in the shape's frame

void main() {
    int row = first + gl_InstanceID;
    ivec2 at = ivec2(4 * (row % 256), row / 256);
    vec4 place = texelFetch(instances, at, 0);
    size = texelFetch(instances, at + ivec2(1, 0), 0);
    color = texelFetch(instances, at + ivec2(2, 0), 0);
    more = texelFetch(instances, at + ivec2(3, 0), 0);
    extra = place.w;
    p = (vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2. - 1.) * size.xy;
    mat2 turn = turned(place.z);
    lamp = transpose(turn) * vec2(-.58, .81);
    gl_Position = vec4((place.xy + turn * p) / surface_m * 2. - 1., 0., 1.);
}
