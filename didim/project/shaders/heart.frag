// size.z: radius of the circle around it; its tip points to -y
in vec2 p; flat in vec4 size, color; flat in vec2 lamp; out vec4 light;

// Distance to a heart whose tip lies at the origin; after I. Quilez, "2D distance functions".
float heart(vec2 q) {
    q.x = abs(q.x);
    if (q.y + q.x > 1.) return length(q - vec2(.25, .75)) - .35355339;
    vec2 a = q - vec2(0., 1.), b = q - .5 * max(q.x + q.y, 0.);
    return sqrt(min(dot(a, a), dot(b, b))) * sign(q.x - q.y);
}

void main() {
    float R = size.z, k = 1.62;
    float d = heart(p / (k * R) + vec2(0., .56)) * k * R;
    vec3 c = color.rgb * (.84 + .20 * dot(p, lamp) / R);
    c += color.rgb * .40 * smoothstep(.12 * R, 0., abs(d + .09 * R));
    float shine = smoothstep(.34 * R, 0., length(p - vec2(-.36, .38) * R));
    c += (color.rgb * .4 + .4) * shine * shine * .6;
    light = vec4(c, 1.) * cover(d) * color.a;
}
