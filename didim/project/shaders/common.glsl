// What every program may use; the compiler drops the rest.
const float TAU = 6.28318531;
uniform sampler2D noise;     // see _noise.py
uniform float pixel_m;       // size of a canvas pixel
uniform float t_s;

float hash(float n) { return fract(sin(n * 12.9898 + 4.1414) * 43758.5453); }
mat2 turned(float a) { float c = cos(a), s = sin(a); return mat2(c, s, -s, c); }
float cover(float distance_m) { return clamp(.5 - distance_m / pixel_m, 0., 1.); }
// premultiplied `top` over premultiplied `low`
vec4 over(vec4 top, vec4 low) { return top + low * (1. - top.a); }
float light_of(vec3 c) { return dot(c, vec3(.2126, .7152, .0722)); }
