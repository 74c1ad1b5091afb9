// So much of a new picture mixed into the old one, cell by cell, in linear light, its contrast softened first.
uniform sampler2D source, bloom, map_of_shares; uniform float soft; uniform vec3 mean_light;
in vec2 uv; out vec4 pixel;

vec3 linear(vec3 c) { return mix(c / 12.92, pow((c + .055) / 1.055, vec3(2.4)), step(.04045, c)); }
vec3 coded(vec3 c) { return mix(c * 12.92, 1.055 * pow(c, vec3(1. / 2.4)) - .055, step(.0031308, c)); }

void main() {
    vec3 drawn = mix(linear(texture(source, uv).rgb), mean_light, soft);
    pixel = vec4(coded(mix(linear(texture(bloom, uv).rgb), drawn, texture(map_of_shares, uv).r)), 1.);
}
