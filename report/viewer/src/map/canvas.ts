/** Drawing packed shapes on a canvas: from steps to pixels, small ones as dots, only what is in view. */
import type { Shapes } from "../shapes.ts";

/** pixel = factor × step + shift, for x to the right and y down. */
export interface View {
  factor: number;
  shiftX: number;
  shiftY: number;
  width: number;
  height: number;
  /** Device pixels for one of CSS. */
  ratio: number;
}

export const pixelX = (view: View, x: number): number => view.factor * x + view.shiftX;
export const pixelY = (view: View, y: number): number => view.shiftY - view.factor * y;

export function inView(view: View, shapes: Shapes, feature: number): boolean {
  const { boxes } = shapes;
  return boxes[4 * feature]! <= boxes[4 * feature + 2]!
    && pixelX(view, boxes[4 * feature + 2]!) >= 0 && pixelX(view, boxes[4 * feature]!) <= view.width
    && pixelY(view, boxes[4 * feature + 1]!) >= 0 && pixelY(view, boxes[4 * feature + 3]!) <= view.height;
}

export function trace(context: CanvasRenderingContext2D, view: View, shapes: Shapes, feature: number): void {
  const { places, rings, features } = shapes;
  const { factor, shiftX, shiftY } = view;
  for (let ring = features[feature]!; ring < features[feature + 1]!; ring++) {
    const start = rings[ring]!;
    const end = rings[ring + 1]!;
    let [px, py] = [NaN, NaN];
    for (let i = start; i < end; i++) {
      const x = factor * places[2 * i]! + shiftX;
      const y = shiftY - factor * places[2 * i + 1]!;
      if (i === start) context.moveTo(x, y);
      else if (Math.abs(x - px) + Math.abs(y - py) < 0.6 && i < end - 1) continue;
      else context.lineTo(x, y);
      px = x;
      py = y;
    }
    context.closePath();
  }
}

const perPath = 250;

/** Fills the chosen features of one colour; those smaller than `least` CSS pixels become squares of that size. */
export function fillAll(
  context: CanvasRenderingContext2D, view: View, shapes: Shapes, features: Iterable<number>, colour: string, least = 3,
  stroke?: { colour: string; width: number },
): void {
  context.fillStyle = colour;
  const size = least * view.ratio;
  let traced = 0;
  const finish = (): void => {
    if (traced === 0) return;
    context.fill("evenodd");
    if (stroke) {
      context.strokeStyle = stroke.colour;
      context.lineWidth = stroke.width * view.ratio;
      context.stroke();
    }
    traced = 0;
  };
  for (const feature of features) {
    if (!inView(view, shapes, feature)) continue;
    const left = pixelX(view, shapes.boxes[4 * feature]!);
    const right = pixelX(view, shapes.boxes[4 * feature + 2]!);
    const top = pixelY(view, shapes.boxes[4 * feature + 3]!);
    const bottom = pixelY(view, shapes.boxes[4 * feature + 1]!);
    if (right - left < size && bottom - top < size) {
      context.fillRect((left + right - size) / 2, (top + bottom - size) / 2, size, size);
      continue;
    }
    if (traced === 0) context.beginPath();
    trace(context, view, shapes, feature);
    if (++traced === perPath) finish();
  }
  finish();
}

/** A place well inside a feature: the middle of the longest stretch along the middle of its box. */
export function innerPlace(shapes: Shapes, feature: number): [number, number] | undefined {
  const { boxes, places, rings, features } = shapes;
  if (boxes[4 * feature]! > boxes[4 * feature + 2]!) return undefined;
  const y = (boxes[4 * feature + 1]! + boxes[4 * feature + 3]!) / 2 + 0.25;
  const crossings: number[] = [];
  for (let ring = features[feature]!; ring < features[feature + 1]!; ring++) {
    const start = rings[ring]!;
    const end = rings[ring + 1]!;
    for (let i = start, j = end - 1; i < end; j = i++) {
      const yi = places[2 * i + 1]!;
      const yj = places[2 * j + 1]!;
      if (yi > y !== yj > y) crossings.push(places[2 * i]! + ((y - yi) / (yj - yi)) * (places[2 * j]! - places[2 * i]!));
    }
  }
  crossings.sort((a, b) => a - b);
  let best: [number, number] | undefined;
  let length = -1;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    if (crossings[i + 1]! - crossings[i]! <= length) continue;
    length = crossings[i + 1]! - crossings[i]!;
    best = [(crossings[i]! + crossings[i + 1]!) / 2, y];
  }
  return best;
}

/** Lines in one direction over the whole view, clipped to what was traced. */
export function hatch(context: CanvasRenderingContext2D, view: View, colour: string, gap: number, rising: boolean): void {
  const { width, height, ratio } = view;
  context.save();
  context.clip("evenodd");
  context.strokeStyle = colour;
  context.lineWidth = ratio;
  context.beginPath();
  for (let x = -height; x < width + height; x += gap * ratio) {
    context.moveTo(x, rising ? height : 0);
    context.lineTo(x + height, rising ? 0 : height);
  }
  context.stroke();
  context.restore();
}
