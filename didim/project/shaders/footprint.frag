// size.z: length, the toes at +x; more.x: -1 for a left foot, 1 for a right one
in vec2 p; flat in vec4 size, color, more; out vec4 light;

float blob(vec2 q, vec2 at, vec2 axes) {
    vec2 s = (q - at) / axes;
    return (length(s) - 1.) * min(axes.x, axes.y);
}

float joined(float a, float b, float k) {
    float h = max(k - abs(a - b), 0.) / k;
    return min(a, b) - h * h * k * .25;
}

void main() {
    float L = size.z;
    vec2 q = vec2(p.x, p.y * more.x) / L;                     // the big toe at +y
    float sole = blob(q, vec2(.135, .015), vec2(.150, .168));
    sole = joined(sole, blob(q, vec2(-.10, -.045), vec2(.22, .095)), .16);
    sole = joined(sole, blob(q, vec2(-.350, .0), vec2(.135, .115)), .14);
    float toes = blob(q, vec2(.385, .125), vec2(.082, .064));
    toes = min(toes, blob(q, vec2(.405, .005), vec2(.056, .044)));
    toes = min(toes, blob(q, vec2(.375, -.085), vec2(.050, .040)));
    toes = min(toes, blob(q, vec2(.325, -.155), vec2(.045, .036)));
    toes = min(toes, blob(q, vec2(.262, -.208), vec2(.040, .032)));
    float d = min(sole, toes) * L;
    vec3 c = color.rgb * mix(.55, 1.1, smoothstep(-.5, .45, q.x));
    c *= 1. + .55 * smoothstep(-.03 * L, -.004 * L, d);
    float halo = max(0., 1. - max(d, 0.) / (.11 * L));
    light = vec4(c, 1.) * cover(d) + vec4(color.rgb * .22 * halo * halo * halo, 0.) * (1. - cover(d));
    light *= color.a;
}
