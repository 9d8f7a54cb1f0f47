/** What the map knows: shapes decoded when they are first wanted, and plots by year. */
import type { PackedMap, PackedSurvey } from "../payload.ts";
import { pointsOf, polygonsOf, type Shapes } from "../shapes.ts";
import { table } from "../tables.ts";

export interface PlotSurvey {
  survey: PackedSurvey;
  shapes: Shapes;
}

/** A plot that a year's survey did not find where its track was: the last outline stands for it. */
export interface GonePlot {
  shapes: Shapes;
  feature: number;
  track: string;
  event: string;
}

export class MapModel {
  readonly regions: Shapes;
  readonly positionOfRegion = new Map<string, number>();
  private readonly decoded = new Map<number, Shapes>();
  private readonly points = new Map<number, Int32Array>();
  private gone: Map<number, GonePlot[]> | undefined;

  constructor(readonly packed: PackedMap, private readonly geometry: Uint8Array) {
    this.regions = this.shapes(packed.regions);
    packed.regions.id.forEach((id, i) => this.positionOfRegion.set(id, i));
  }

  shapes(slot: { at: number; n: number }): Shapes {
    let shapes = this.decoded.get(slot.at);
    if (!shapes) this.decoded.set(slot.at, (shapes = polygonsOf(this.geometry, slot)));
    return shapes;
  }
  places(slot: { at: number; n: number }): Int32Array {
    let places = this.points.get(slot.at);
    if (!places) this.points.set(slot.at, (places = pointsOf(this.geometry, slot)));
    return places;
  }

  regionName(id: string): string {
    const position = this.positionOfRegion.get(id);
    return position === undefined ? id : this.packed.regions.name[position] || id;
  }

  /** The surveys of a year, of one crop where one is chosen. */
  plots(year: number, crop: string): PlotSurvey[] {
    return (this.packed.surveys ?? [])
      .filter((survey) => survey.year === year && (crop === "" || survey.crop === crop))
      .map((survey) => ({ survey, shapes: this.shapes(survey) }));
  }
  get tracked(): boolean {
    return (this.packed.surveys ?? []).some((survey) => survey.track !== undefined);
  }

  gonePlots(year: number): GonePlot[] {
    this.gone ??= this.findGone();
    return this.gone.get(year) ?? [];
  }

  private findGone(): Map<number, GonePlot[]> {
    const found = new Map<number, GonePlot[]>();
    const tracks = table("tracks");
    if (!tracks) return found;
    const seen = new Map<string, { survey: PackedSurvey; feature: number }[]>();
    for (const survey of this.packed.surveys ?? []) {
      survey.track?.forEach((track, feature) => {
        if (!track) return;
        const list = seen.get(track);
        if (list) list.push({ survey, feature });
        else seen.set(track, [{ survey, feature }]);
      });
    }
    for (let row = 0; row < tracks.rows; row++) {
      if (tracks.raw("plot_id", row) !== "") continue;
      const year = tracks.number("year", row)!;
      const track = tracks.raw("track_id", row);
      const last = (seen.get(track) ?? []).filter(({ survey }) => survey.year < year)
        .sort((a, b) => a.survey.year - b.survey.year).pop();
      if (!last) continue;
      const plot = { shapes: this.shapes(last.survey), feature: last.feature, track, event: tracks.raw("event", row) };
      const list = found.get(year);
      if (list) list.push(plot);
      else found.set(year, [plot]);
    }
    return found;
  }
}
