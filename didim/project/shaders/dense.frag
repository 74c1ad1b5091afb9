#include light.glsl
uniform sampler2D surface_from_projector; uniform vec2 surface_m;

void main() {
    vec2 uv = texelFetch(surface_from_projector, ivec2(gl_FragCoord.xy), 0).xy / surface_m;
    bool inside = uv.x >= 0. && uv.x <= 1. && uv.y >= 0. && uv.y <= 1.;   // false for nan too
    pixel = inside ? dithered(grey_at(uv)) : vec4(0., 0., 0., 1.);
}
