// A picture of its own. size.xy: half its sides
uniform sampler2D source;
in vec2 p; flat in vec4 size, color; out vec4 light;

void main() {
    vec4 c = texture(source, p / size.xy * vec2(.5, -.5) + .5);
    light = vec4(pow(c.rgb, vec3(2.2)), 1.) * c.a * color.a;
}
