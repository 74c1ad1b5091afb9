// size.z: radius of the outermost ring
in vec2 p; flat in vec4 size, color; out vec4 light;

void main() {
    float u = length(p) / size.z, sum = 0.;
    for (int i = 0; i < 4; i++) {
        float at = .94 - .22 * float(i), w = .020 + .009 * float(i), s = (u - at) / w;
        sum += max(0., 1. - s * s * .111) * exp(-s * s) * (.55 + .15 * float(i));
    }
    float wash = .10 * max(0., 1. - u) * smoothstep(1., .5, u);
    light = vec4(color.rgb * (sum + wash) * color.a * smoothstep(1., .985, u), 0.);
}
