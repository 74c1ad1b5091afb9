uniform sampler2D source; in vec2 uv; out vec4 pixel;
void main() { pixel = texture(source, vec2(uv.x, 1. - uv.y)); }
