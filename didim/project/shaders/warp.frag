#include light.glsl
in vec2 uv;
void main() { pixel = lit(uv); }
