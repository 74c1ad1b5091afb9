// The room in three dimensions: people as figures of light on the surface that ui.scene has put there.

import { THREE } from "nicegui-scene";
import { BODY_BONES, Plan } from "./index.js";

const UP = new THREE.Vector3(0, 1, 0);
const LIGHT_PX = 1024;
const HEAD = 0, SHOULDERS = [11, 12], HIPS = [23, 24], ANKLES = [27, 28], KNEES = [25, 26], WRISTS = [15, 16], ELBOWS = [13, 14];

export class Twin {
  constructor(scene) {
    this.people = new THREE.Group();
    scene.add(this.people);
    this.scene = scene;
    this.figures = new Map();
  }

  draw(live, playerColor) {
    const seen = new Set();
    const wall = live.surface.kind === "wall";
    this.shine(live, wall);
    for (const player of live.players || []) {
      seen.add(player.id);
      if (!this.figures.has(player.id)) this.figures.set(player.id, this.figure());
      this.pose(this.figures.get(player.id), body(player), playerColor(player), wall);
    }
    for (const [id, figure] of this.figures) {
      if (!seen.has(id)) { this.people.remove(figure.group); this.figures.delete(id); }
    }
  }

  // The projector's light, drawn as on the plan, lies on the surface.
  shine(live, wall) {
    const { width_m: wide, height_m: high } = live.surface;
    if (!this.plan) {
      this.plan = new Plan(document.createElement("canvas"));
      this.plan.light(live, LIGHT_PX, Math.round((LIGHT_PX * high) / wide));
      this.texture = new THREE.CanvasTexture(this.plan.canvas);
      this.texture.colorSpace = THREE.SRGBColorSpace;
      const sheet = new THREE.Mesh(new THREE.PlaneGeometry(wide, high), new THREE.MeshBasicMaterial({ map: this.texture }));
      if (wall) { sheet.rotation.x = Math.PI / 2; sheet.position.set(wide / 2, -0.005, high / 2); }
      else sheet.position.set(wide / 2, high / 2, 0.005);
      this.scene.add(sheet);
    }
    this.plan.light(live, LIGHT_PX, Math.round((LIGHT_PX * high) / wide));
    this.texture.needsUpdate = true;
  }

  figure() {
    const group = new THREE.Group(), material = new THREE.MeshStandardMaterial({ roughness: 0.45, emissiveIntensity: 0.4 });
    const bones = BODY_BONES.map(() => new THREE.Mesh(new THREE.CapsuleGeometry(0.045, 1, 4, 10), material));
    const trunk = new THREE.Mesh(new THREE.CapsuleGeometry(0.105, 1, 4, 14), material);
    const head = new THREE.Mesh(new THREE.SphereGeometry(0.115, 20, 14), material);
    group.add(...bones, trunk, head);
    this.people.add(group);
    return { group, bones, trunk, head, material };
  }

  pose(figure, joints, color, wall) {
    figure.material.color.set(color);
    figure.material.emissive.set(color);
    const at = (p) => (wall ? new THREE.Vector3(p[0], -p[2], p[1]) : new THREE.Vector3(p[0], p[1], p[2]));
    BODY_BONES.forEach(([a, b], i) => stretch(figure.bones[i], joints[a] && at(joints[a]), joints[b] && at(joints[b])));
    const middle = (pair) => at(joints[pair[0]]).add(at(joints[pair[1]])).multiplyScalar(0.5);
    stretch(figure.trunk, middle(HIPS), middle(SHOULDERS));
    figure.head.position.copy(at(joints[HEAD]));
  }
}

function stretch(bone, from, to) {
  bone.visible = Boolean(from && to);
  if (!bone.visible) return;
  const along = to.clone().sub(from), length = Math.max(0.01, along.length());
  bone.position.copy(from).add(to).multiplyScalar(0.5);
  bone.scale.set(1, length, 1);
  bone.quaternion.setFromUnitVectors(UP, along.divideScalar(length));
}

// All joints of a player; where tracking tells only feet and head, a figure that stands there.
function body(player) {
  const j = player.joints || [];
  const known = (i) => j[i] && (j[i][0] || j[i][1] || j[i][2]);
  const apart = (a, b) => known(a) && known(b) && j[a].some((v, k) => v !== j[b][k]);
  if (apart(SHOULDERS[0], HIPS[0]) && apart(HIPS[0], KNEES[0])) return j;
  const [x, y] = player.feet, tall = known(HEAD) ? j[HEAD][2] / 0.93 : 1.25;
  const side = [-Math.sin(player.heading_rad || Math.PI / 2), Math.cos(player.heading_rad || Math.PI / 2)];
  const made = [], across = (m, z) => [x + side[0] * m, y + side[1] * m, z];
  made[HEAD] = known(HEAD) ? j[HEAD] : [x, y, 0.93 * tall];
  [1, -1].forEach((way, i) => {
    const foot = [player.left, player.right][i].place, hand = apart(WRISTS[i], HEAD) ? j[WRISTS[i]] : across(way * 0.2 * tall, 0.48 * tall);
    made[SHOULDERS[i]] = across(way * 0.12 * tall, 0.79 * tall);
    made[HIPS[i]] = across(way * 0.07 * tall, 0.5 * tall);
    made[ANKLES[i]] = [foot[0], foot[1], 0.05];
    made[KNEES[i]] = [(made[HIPS[i]][0] + foot[0]) / 2, (made[HIPS[i]][1] + foot[1]) / 2, 0.27 * tall];
    made[WRISTS[i]] = hand;
    made[ELBOWS[i]] = made[SHOULDERS[i]].map((v, k) => (v + hand[k]) / 2);
  });
  return made;
}
