// A drop whose tip points to +y. size.z: radius of the circle around it
in vec2 p; flat in vec4 size, color; flat in vec2 lamp; out vec4 light;

// Distance to a capsule from a ball of radius `a` at the origin to one of `b` at (0, h); after I. Quilez.
float capsule(vec2 q, float a, float b, float h) {
    q.x = abs(q.x);
    float s = (a - b) / h, c = sqrt(1. - s * s), k = dot(q, vec2(-s, c));
    if (k < 0.) return length(q) - a;
    if (k > c * h) return length(q - vec2(0., h)) - b;
    return dot(q, vec2(c, s)) - a;
}

void main() {
    float R = size.z, d = capsule(p / R + vec2(0., .36), .62, .05, 1.29) * R;
    vec3 c = color.rgb * (.84 + .20 * dot(p, lamp) / R);
    c += color.rgb * .40 * smoothstep(.12 * R, 0., abs(d + .09 * R));
    float shine = smoothstep(.26 * R, 0., length(p - vec2(-.20, -.12) * R));
    c += (color.rgb * .4 + .4) * shine * shine * .6;
    light = vec4(c, 1.) * cover(d) * color.a;
}
