#include light.glsl
in vec2 uv;
void main() { pixel = dithered(grey_at(uv)); }
