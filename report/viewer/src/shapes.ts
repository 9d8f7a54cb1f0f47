/** Shapes out of the geometry block (report/packed_geometry.hpp): whole steps from the origin, kept flat. */
import type { Slot } from "./payload.ts";

export interface Shapes {
  count: number;
  /** x, y of every vertex, in steps from the origin; rings are not closed. */
  places: Int32Array;
  /** First vertex of each ring, and the end of the last. */
  rings: Uint32Array;
  /** First ring of each feature, and the end of the last. */
  features: Uint32Array;
  /** Box of each feature: least x, least y, most x, most y. */
  boxes: Int32Array;
}

class Reader {
  constructor(private readonly bytes: Uint8Array, private position: number) {}
  whole(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.bytes[this.position++];
      if (byte === undefined) throw new RangeError("the geometry block ends too early");
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  }
  difference(): number {
    const zigzag = this.whole();
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  }
}

export function polygonsOf(bytes: Uint8Array, slot: Slot): Shapes {
  const reader = new Reader(bytes, slot.at);
  const places: number[] = [];
  const rings: number[] = [];
  const features = new Uint32Array(slot.n + 1);
  const boxes = new Int32Array(slot.n * 4);
  let x = 0;
  let y = 0;
  for (let feature = 0; feature < slot.n; feature++) {
    features[feature] = rings.length;
    let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let polygons = reader.whole(); polygons > 0; polygons--) {
      for (let count = reader.whole(); count > 0; count--) {
        rings.push(places.length / 2);
        for (let vertices = reader.whole(); vertices > 0; vertices--) {
          x += reader.difference();
          y += reader.difference();
          places.push(x, y);
          if (x < left) left = x;
          if (x > right) right = x;
          if (y < bottom) bottom = y;
          if (y > top) top = y;
        }
      }
    }
    boxes.set(left > right ? [1, 1, 0, 0] : [left, bottom, right, top], feature * 4);
  }
  features[slot.n] = rings.length;
  rings.push(places.length / 2);
  return { count: slot.n, places: Int32Array.from(places), rings: Uint32Array.from(rings), features, boxes };
}

/** x, y of each point. */
export function pointsOf(bytes: Uint8Array, slot: Slot): Int32Array {
  const reader = new Reader(bytes, slot.at);
  const places = new Int32Array(slot.n * 2);
  let x = 0;
  let y = 0;
  for (let i = 0; i < slot.n; i++) {
    x += reader.difference();
    y += reader.difference();
    places[2 * i] = x;
    places[2 * i + 1] = y;
  }
  return places;
}

/** Whether the feature holds the place: even-odd over all its rings. */
export function holds(shapes: Shapes, feature: number, x: number, y: number): boolean {
  const { places, rings, features } = shapes;
  let inside = false;
  for (let ring = features[feature]!; ring < features[feature + 1]!; ring++) {
    const start = rings[ring]!;
    const end = rings[ring + 1]!;
    for (let i = start, j = end - 1; i < end; j = i++) {
      const yi = places[2 * i + 1]!;
      const yj = places[2 * j + 1]!;
      if (yi > y === yj > y) continue;
      const xi = places[2 * i]!;
      if (x < xi + ((y - yi) / (yj - yi)) * (places[2 * j]! - xi)) inside = !inside;
    }
  }
  return inside;
}

/** The last feature that holds the place, or whose box lies within `reach` of it where none does; -1 for none. */
export function featureAt(shapes: Shapes, x: number, y: number, reach = 0): number {
  let near = -1;
  for (let i = shapes.count - 1; i >= 0; i--) {
    const left = shapes.boxes[4 * i]!;
    const right = shapes.boxes[4 * i + 2]!;
    if (left > right || x < left - reach || x > right + reach) continue;
    if (y < shapes.boxes[4 * i + 1]! - reach || y > shapes.boxes[4 * i + 3]! + reach) continue;
    if (holds(shapes, i, x, y)) return i;
    if (near < 0 && reach > 0 && right - left < 4 * reach) near = i;
  }
  return near;
}
