/** Many plots as squares of ground: hectares and count in each, as large on the screen as a reader can tell apart. */
import { ramps } from "../colours.ts";
import { hectares, number, say } from "../words.ts";
import { pixelX, pixelY, type View } from "./canvas.ts";
import type { PlotSurvey } from "./map_model.ts";
import { roundBreaks } from "./themes.ts";
import type { Found } from "./overlays.ts";

/** More plots than this in view are put together. */
export const plotsAtMost = 25_000;
const squarePixels = 13;

interface Bin {
  plots: number;
  area: number;
}

export class Bins {
  private readonly bins = new Map<number, Bin>();
  private readonly breaks: number[];
  private readonly ramp = ramps.green!;

  /** `side` in steps. */
  constructor(surveys: PlotSurvey[], readonly side: number, readonly plots: number) {
    for (const { survey, shapes } of surveys) {
      for (let i = 0; i < shapes.count; i++) {
        if (shapes.boxes[4 * i]! > shapes.boxes[4 * i + 2]!) continue;
        const column = Math.floor((shapes.boxes[4 * i]! + shapes.boxes[4 * i + 2]!) / 2 / side);
        const row = Math.floor((shapes.boxes[4 * i + 1]! + shapes.boxes[4 * i + 3]!) / 2 / side);
        const key = row * 65_536 + column;
        const bin = this.bins.get(key);
        const area = survey.area_m2[i]! / 10_000;
        if (bin) {
          bin.plots++;
          bin.area += area;
        } else {
          this.bins.set(key, { plots: 1, area });
        }
      }
    }
    this.breaks = roundBreaks([...this.bins.values()].map((bin) => bin.area));
  }

  draw(context: CanvasRenderingContext2D, view: View): void {
    const side = this.side * view.factor;
    for (const [key, bin] of this.bins) {
      const column = ((key + 32_768) & 65_535) - 32_768;
      const row = Math.round((key - column) / 65_536);
      const x = pixelX(view, column * this.side);
      const y = pixelY(view, (row + 1) * this.side);
      if (x + side < 0 || y + side < 0 || x > view.width || y > view.height) continue;
      const position = this.breaks.findIndex((end) => bin.area <= end);
      context.fillStyle = this.ramp[position < 0 ? this.breaks.length : position]!;
      context.fillRect(x, y, side - view.ratio, side - view.ratio);
    }
  }

  legend(): { colour: string; text: string }[] {
    return [...this.breaks, Infinity].map((end, i) => ({ colour: this.ramp[i]!, text: Number.isFinite(end)
      ? say("viewer.legend.up_to", { value: hectares(end) })
      : say("viewer.legend.more_than", { value: hectares(this.breaks.at(-1)!) }) }));
  }

  at(x: number, y: number): Found | undefined {
    const bin = this.bins.get(Math.floor(y / this.side) * 65_536 + Math.floor(x / this.side));
    if (!bin) return undefined;
    return { title: say("viewer.bin.title"), lines: [[say("viewer.bin.plots"), number(bin.plots, 0)],
      [say("viewer.plot.area"), hectares(bin.area)]] };
  }
}

let last: { key: string; bins: Bins } | undefined;

/** The same squares as long as the zoom's power of two and the surveys stay. */
export function binned(surveys: PlotSurvey[], view: View, plots: number): Bins {
  const side = 2 ** Math.ceil(Math.log2((squarePixels * view.ratio) / view.factor));
  const key = surveys.map(({ survey }) => survey.at).join() + "|" + side;
  if (last?.key !== key) last = { key, bins: new Bins(surveys, side, plots) };
  return last.bins;
}
