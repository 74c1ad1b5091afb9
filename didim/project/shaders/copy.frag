uniform sampler2D source; in vec2 uv; out vec4 light;
void main() { light = vec4(texture(source, uv).rgb, 1.); }
