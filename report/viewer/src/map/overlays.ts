/** What can lie on the regions: each overlay draws itself, explains itself in the legend and answers the pointer. */
import { choices } from "../choices.ts";
import * as colours from "../colours.ts";
import { featureAt, type Shapes } from "../shapes.ts";
import { codeWord, hectares, longDate, number, plain, say } from "../words.ts";
import { fillAll, hatch, inView, pixelX, pixelY, trace, type View } from "./canvas.ts";
import { binned, plotsAtMost, type Bins } from "./bins.ts";
import type { MapModel, PlotSurvey } from "./map_model.ts";

export interface Found {
  title: string;
  lines: [string, string][];
  rows?: { table: string; filter: Record<string, string> };
}

export interface Overlay {
  id: string;
  shownFirst: boolean;
  draw(context: CanvasRenderingContext2D, view: View): void;
  legend(): { colour: string; text: string; mark?: "line" | "dot" | "outline" | "hatch" | "arrow" | "diamond" }[];
  at?(x: number, y: number, reach: number): Found | undefined;
}

const squareMetres = (area: number): string => `${number(area, 0)}\u00a0m²`;

export class PlotOverlay implements Overlay {
  readonly id = "plots";
  readonly shownFirst = true;
  /** Plots by crop, or by what happened to them since the year before. */
  byEvent = false;
  /** How the last drawing put plots together; undefined where each was drawn. */
  bins: Bins | undefined;

  constructor(private readonly model: MapModel) {}

  private surveys(): PlotSurvey[] {
    return this.model.plots(choices().year, choices().crop);
  }

  draw(context: CanvasRenderingContext2D, view: View): void {
    const surveys = this.surveys();
    this.bins = undefined;
    let visible = 0;
    for (const { shapes } of surveys)
      for (let i = 0; i < shapes.count; i++) if (inView(view, shapes, i)) visible++;
    if (visible > plotsAtMost) {
      this.bins = binned(surveys, view, visible);
      this.bins.draw(context, view);
      return;
    }
    for (const { survey, shapes } of surveys) this.drawSurvey(context, view, survey, shapes);
    if (this.byEvent) this.drawGone(context, view);
  }

  private drawSurvey(context: CanvasRenderingContext2D, view: View, survey: PlotSurvey["survey"], shapes: Shapes): void {
    const groups = new Map<string, number[]>();
    for (let i = 0; i < shapes.count; i++) {
      const colour = this.byEvent ? colours.events[survey.event?.[i] ?? ""] ?? colours.otherEvent
        : colours.crop[survey.crop] ?? colours.ink;
      const group = groups.get(colour);
      if (group) group.push(i);
      else groups.set(colour, [i]);
    }
    for (const [colour, features] of groups)
      fillAll(context, view, shapes, features, colour, 3.5, { colour: "#ffffff", width: 0.6 });
  }

  private drawGone(context: CanvasRenderingContext2D, view: View): void {
    context.save();
    context.setLineDash([3 * view.ratio, 2 * view.ratio]);
    context.strokeStyle = "#3c4641";
    context.lineWidth = 1.2 * view.ratio;
    for (const { shapes, feature } of this.model.gonePlots(choices().year)) {
      if (!inView(view, shapes, feature)) continue;
      context.beginPath();
      trace(context, view, shapes, feature);
      context.stroke();
    }
    context.restore();
  }

  legend(): ReturnType<Overlay["legend"]> {
    if (this.bins) return this.bins.legend();
    if (!this.byEvent) {
      return [...new Set((this.model.packed.surveys ?? []).map((survey) => survey.crop))].map((crop) => ({
        colour: colours.crop[crop] ?? colours.ink, text: say("viewer.legend.plots", { crop: codeWord("crop", crop) }) }));
    }
    const present = new Set(this.surveys().flatMap(({ survey }) => survey.event ?? []));
    const entries = [...present].filter((event) => event).map((event) => ({
      colour: colours.events[event] ?? colours.otherEvent, text: codeWord("event", event) }));
    return [...entries, { colour: "#3c4641", text: say("viewer.legend.gone"), mark: "outline" as const }];
  }

  at(x: number, y: number, reach: number): Found | undefined {
    if (this.bins) return this.bins.at(x, y);
    for (const { survey, shapes } of this.surveys()) {
      const i = featureAt(shapes, x, y, reach);
      if (i < 0) continue;
      const lines: [string, string][] = [
        [say("viewer.plot.crop"), codeWord("crop", survey.crop)],
        [say("viewer.plot.area"), `${hectares(survey.area_m2[i]! / 10_000)} (${squareMetres(survey.area_m2[i]!)})`],
      ];
      if (survey.image_date[i]) lines.push([say("viewer.plot.image"), longDate(survey.image_date[i]!)]);
      if (survey.event?.[i]) lines.push([say("viewer.plot.event"), codeWord("event", survey.event[i]!)]);
      if (survey.track?.[i]) lines.push([say("viewer.plot.track"), survey.track[i]!]);
      const rows: Found["rows"] = survey.track?.[i]
        ? { table: "tracks", filter: { track_id: survey.track[i]! } }
        : { table: "plot_parts", filter: { plot_id: survey.id[i]!, year: String(survey.year) } };
      return { title: say("viewer.plot.title", { id: survey.id[i]! }), lines, rows };
    }
    if (!this.byEvent) return undefined;
    for (const { shapes, feature, track, event } of this.model.gonePlots(choices().year)) {
      const one = { ...shapes, count: feature + 1 };
      if (featureAt(one, x, y) !== feature) continue;
      return { title: say("viewer.plot.gone_title"), rows: { table: "tracks", filter: { track_id: track } },
        lines: [[say("viewer.plot.track"), track], [say("viewer.plot.event"), codeWord("event", event)]] };
    }
    return undefined;
  }
}

export class UnseenOverlay implements Overlay {
  readonly id = "unseen";
  readonly shownFirst = true;
  constructor(private readonly model: MapModel) {}

  draw(context: CanvasRenderingContext2D, view: View): void {
    const surveys = this.model.plots(choices().year, choices().crop);
    const { regions } = this.model;
    const unseen = surveys.length === 0 ? [undefined]
      : [...new Set(surveys.map(({ survey }) => survey.observed))].filter((slot) => slot !== undefined);
    for (const slot of unseen) {
      context.save();
      context.beginPath();
      for (let i = 0; i < regions.count; i++) if (inView(view, regions, i)) trace(context, view, regions, i);
      context.clip("nonzero");
      context.beginPath();
      context.rect(0, 0, view.width, view.height);
      if (slot) {
        const observed = this.model.shapes(slot);
        for (let i = 0; i < observed.count; i++) trace(context, view, observed, i);
      }
      hatch(context, view, "rgba(70,80,75,.55)", 7, true);
      context.restore();
    }
  }
  legend(): ReturnType<Overlay["legend"]> {
    return [{ colour: "#46504b", text: say("viewer.legend.unseen"), mark: "hatch" }];
  }
}

export class ZoneOverlay implements Overlay {
  readonly id = "zones";
  readonly shownFirst = false;
  constructor(private readonly model: MapModel) {}

  draw(context: CanvasRenderingContext2D, view: View): void {
    const zones = this.model.packed.zones!;
    const shapes = this.model.shapes(zones);
    for (let i = 0; i < shapes.count; i++) {
      if (!inView(view, shapes, i)) continue;
      const colour = colours.zones[zones.kind[i]!] ?? colours.otherZone;
      context.beginPath();
      trace(context, view, shapes, i);
      context.strokeStyle = colour;
      context.lineWidth = 1.6 * view.ratio;
      context.setLineDash([6 * view.ratio, 3 * view.ratio]);
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 0.4;
      hatch(context, view, colour, zones.kind[i] === "park" ? 9 : 13, zones.kind[i] !== "park");
      context.globalAlpha = 1;
    }
  }
  legend(): ReturnType<Overlay["legend"]> {
    return [...new Set(this.model.packed.zones!.kind)].map((kind) => ({
      colour: colours.zones[kind] ?? colours.otherZone, text: codeWord("zone_kind", kind), mark: "hatch" as const }));
  }
  at(x: number, y: number): Found | undefined {
    const zones = this.model.packed.zones!;
    const i = featureAt(this.model.shapes(zones), x, y);
    if (i < 0) return undefined;
    return { title: zones.name[i] || codeWord("zone_kind", zones.kind[i]!),
      lines: [[say("viewer.zone.kind"), codeWord("zone_kind", zones.kind[i]!)]] };
  }
}

export class PermanenceOverlay implements Overlay {
  readonly id = "permanence";
  readonly shownFirst = false;
  constructor(private readonly model: MapModel) {}

  private series(): NonNullable<MapModel["packed"]["permanence"]>[number] | undefined {
    const all = this.model.packed.permanence ?? [];
    return all.find((series) => series.crop === choices().crop) ?? all[0];
  }
  draw(context: CanvasRenderingContext2D, view: View): void {
    const series = this.series();
    if (!series) return;
    const { origin, step } = this.model.packed;
    const side = (series.cell_m / step) * view.factor;
    for (let i = 0; i < series.column.length; i++) {
      const x = pixelX(view, (series.column[i]! * series.cell_m - origin[0]) / step);
      const y = pixelY(view, ((series.row[i]! + 1) * series.cell_m - origin[1]) / step);
      if (x + side < 0 || y + side < 0 || x > view.width || y > view.height) continue;
      context.fillStyle = colours.permanence[series.class[i]!] ?? colours.unknown;
      context.globalAlpha = series.class[i] ? 0.75 : 0.5;
      context.fillRect(x + 0.5, y + 0.5, side - 1, side - 1);
      context.globalAlpha = 1;
    }
  }
  legend(): ReturnType<Overlay["legend"]> {
    const series = this.series();
    if (!series) return [];
    const present = new Set(series.class);
    return Object.entries(colours.permanence).filter(([name]) => present.has(name)).map(([name, colour]) => ({
      colour, text: name ? codeWord("class", name) : say("viewer.legend.several_classes") }));
  }
  at(x: number, y: number): Found | undefined {
    const series = this.series();
    if (!series) return undefined;
    const { origin, step } = this.model.packed;
    const column = Math.floor((x * step + origin[0]) / series.cell_m);
    const row = Math.floor((y * step + origin[1]) / series.cell_m);
    const i = series.column.findIndex((c, k) => c === column && series.row[k] === row);
    if (i < 0) return undefined;
    const id = `${plainDigits(series.cell_m)}mE${column}N${row}`;
    const lines: [string, string][] = [
      [say("viewer.plot.crop"), codeWord("crop", series.crop)],
      [say("viewer.cell.class"), series.class[i] ? codeWord("class", series.class[i]!) : say("value.unknown")],
      [say("viewer.cell.possible"), codeWord("possible_classes", series.possible[i]!)],
      [say("viewer.cell.likely"), codeWord("class", series.likely[i]!)],
    ];
    if (series.density[i] != null) lines.push([say("viewer.cell.density"), `${plain(series.density[i]!)}\u00a0ha/km²`]);
    return { title: say("viewer.cell.title", { id, from: String(series.from_year), to: String(series.to_year) }), lines,
      rows: { table: "permanence", filter: { cell_id: id, crop: series.crop } } };
  }
}

const plainDigits = (value: number): string => String(value);

export class FlowOverlay implements Overlay {
  readonly id = "flows";
  readonly shownFirst = false;
  private readonly largest: number;
  constructor(private readonly model: MapModel) {
    this.largest = Math.max(...model.packed.flows!.area_ha, 0.001);
  }
  private *current(): Generator<number> {
    const flows = this.model.packed.flows!;
    for (let i = 0; i < flows.from_year.length; i++)
      if (flows.to_year[i] === choices().year && flows.origin[i] !== flows.destination[i]) yield i;
  }
  draw(context: CanvasRenderingContext2D, view: View): void {
    const flows = this.model.packed.flows!;
    const ends = this.model.places(flows);
    context.lineCap = "round";
    for (const i of this.current()) {
      const [x0, y0] = [pixelX(view, ends[4 * i]!), pixelY(view, ends[4 * i + 1]!)];
      const [x1, y1] = [pixelX(view, ends[4 * i + 2]!), pixelY(view, ends[4 * i + 3]!)];
      const width = view.ratio * (0.8 + 5 * Math.sqrt(flows.area_ha[i]! / this.largest));
      const [dx, dy] = [x1 - x0, y1 - y0];
      const length = Math.hypot(dx, dy) || 1;
      const [mx, my] = [(x0 + x1) / 2 - dy * 0.15, (y0 + y1) / 2 + dx * 0.15];
      context.strokeStyle = context.fillStyle = "rgba(160,60,0,.75)";
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(x0, y0);
      context.quadraticCurveTo(mx, my, x1, y1);
      context.stroke();
      const angle = Math.atan2(y1 - my, x1 - mx);
      const size = width + 5 * view.ratio;
      if (length < 3 * size) continue;
      context.beginPath();
      context.moveTo(x1, y1);
      context.lineTo(x1 - size * Math.cos(angle - 0.45), y1 - size * Math.sin(angle - 0.45));
      context.lineTo(x1 - size * Math.cos(angle + 0.45), y1 - size * Math.sin(angle + 0.45));
      context.fill();
    }
  }
  legend(): ReturnType<Overlay["legend"]> {
    return [{ colour: "#a03c00", text: say("viewer.legend.flows", { area: hectares(this.largest) }), mark: "arrow" }];
  }
  at(x: number, y: number, reach: number): Found | undefined {
    const flows = this.model.packed.flows!;
    const ends = this.model.places(flows);
    for (const i of this.current()) {
      for (const end of [0, 2]) {
        if (Math.hypot(ends[4 * i + end]! - x, ends[4 * i + end + 1]! - y) > reach * 2) continue;
        return { title: say("viewer.flow.title"), rows: { table: "flows", filter: {
          origin_id: flows.origin[i]!, destination_id: flows.destination[i]!, to_year: String(flows.to_year[i]) } },
        lines: [[say("viewer.flow.years"), `${flows.from_year[i]} → ${flows.to_year[i]}`],
          [say("viewer.plot.area"), hectares(flows.area_ha[i]!, flows.lo_ha[i], flows.hi_ha[i])],
          [say("viewer.flow.note"), say("viewer.flow.not_causal")]] };
      }
    }
    return undefined;
  }
}

export class EventOverlay implements Overlay {
  readonly id = "events";
  readonly shownFirst = true;
  constructor(private readonly model: MapModel) {}
  private *current(): Generator<number> {
    const { date } = this.model.packed.events!;
    for (let i = 0; i < date.length; i++) if (Number(date[i]!.slice(0, 4)) === choices().year) yield i;
  }
  draw(context: CanvasRenderingContext2D, view: View): void {
    const places = this.model.places(this.model.packed.events!);
    const size = 7 * view.ratio;
    context.lineWidth = 2 * view.ratio;
    context.strokeStyle = "#000";
    context.fillStyle = "#fff";
    for (const i of this.current()) {
      const [x, y] = [pixelX(view, places[2 * i]!), pixelY(view, places[2 * i + 1]!)];
      context.beginPath();
      context.moveTo(x, y - size);
      context.lineTo(x + size, y);
      context.lineTo(x, y + size);
      context.lineTo(x - size, y);
      context.closePath();
      context.fill();
      context.stroke();
    }
  }
  legend(): ReturnType<Overlay["legend"]> {
    return [{ colour: "#000", text: say("viewer.legend.events"), mark: "diamond" }];
  }
  at(x: number, y: number, reach: number): Found | undefined {
    const events = this.model.packed.events!;
    const places = this.model.places(events);
    for (const i of this.current()) {
      if (Math.abs(places[2 * i]! - x) + Math.abs(places[2 * i + 1]! - y) > 2 * reach) continue;
      const lines: [string, string][] = [[say("viewer.event.date"), longDate(events.date[i]!)],
        [say("viewer.event.kind"), codeWord("eradication_kind", events.kind[i]!)]];
      if (events.reported_ha[i] != null) lines.push([say("viewer.event.reported"), hectares(events.reported_ha[i]!)]);
      if (events.agency[i]) lines.push([say("viewer.event.agency"), events.agency[i]!]);
      return { title: say("viewer.event.title", { id: events.id[i]! }), lines,
        rows: { table: "eradication_check", filter: { event_id: events.id[i]! } } };
    }
    return undefined;
  }
}

export class RegisteredOverlay implements Overlay {
  readonly id = "registered";
  readonly shownFirst = false;
  constructor(private readonly model: MapModel) {}
  draw(context: CanvasRenderingContext2D, view: View): void {
    const plots = this.model.packed.registered!;
    const shapes = this.model.shapes(plots);
    for (const [verdict, colour] of Object.entries(colours.verdicts)) {
      const features = plots.verdict.flatMap((v, i) => (v === verdict ? [i] : []));
      fillAll(context, view, shapes, features, colour, 5, { colour: "#17251f", width: 0.8 });
    }
  }
  legend(): ReturnType<Overlay["legend"]> {
    const present = new Set(this.model.packed.registered!.verdict);
    return Object.entries(colours.verdicts).filter(([verdict]) => present.has(verdict))
      .map(([verdict, colour]) => ({ colour, text: codeWord("verdict", verdict) }));
  }
  at(x: number, y: number, reach: number): Found | undefined {
    const plots = this.model.packed.registered!;
    const i = featureAt(this.model.shapes(plots), x, y, reach);
    if (i < 0) return undefined;
    const lines: [string, string][] = [[say("viewer.registered.verdict"), codeWord("verdict", plots.verdict[i]!)],
      [say("viewer.registered.measured"), squareMetres(plots.area_m2[i]!)]];
    if (plots.limit_m2[i] != null) lines.push([say("viewer.registered.limit"), squareMetres(plots.limit_m2[i]!)]);
    return { title: say("viewer.plot.title", { id: plots.id[i]! }), lines,
      rows: { table: "small_plots", filter: { plot_id: plots.id[i]! } } };
  }
}

export class NotReachedOverlay implements Overlay {
  readonly id = "not_reached";
  readonly shownFirst = false;
  constructor(private readonly model: MapModel) {}
  private readonly years = new Map<number, number[]>();
  private current(): number[] {
    const plots = this.model.packed.not_reached!;
    const { year } = choices();
    let list = this.years.get(year);
    if (!list) this.years.set(year, (list = plots.year.flatMap((y, i) => (y === year ? [i] : []))));
    return list;
  }
  draw(context: CanvasRenderingContext2D, view: View): void {
    fillAll(context, view, this.model.shapes(this.model.packed.not_reached!), this.current(), "#d55e00", 6,
      { colour: "#000000", width: 1 });
  }
  legend(): ReturnType<Overlay["legend"]> {
    return [{ colour: "#d55e00", text: say("viewer.legend.not_reached") }];
  }
  at(x: number, y: number, reach: number): Found | undefined {
    const plots = this.model.packed.not_reached!;
    const shapes = this.model.shapes(plots);
    const i = featureAt(shapes, x, y, reach);
    if (i < 0 || plots.year[i] !== choices().year) return undefined;
    const lines: [string, string][] = [[say("viewer.plot.crop"), codeWord("crop", plots.crop[i]!)],
      [say("viewer.not_reached.why"), codeWord("why", plots.why[i]!)]];
    return { title: say("viewer.plot.title", { id: plots.id[i]! }), lines };
  }
}

/** Those that the run's results can fill, from the lowest to the uppermost. */
export function availableOverlays(model: MapModel): Overlay[] {
  const { packed } = model;
  const overlays: Overlay[] = [];
  if (packed.surveys?.some((survey) => survey.observed)) overlays.push(new UnseenOverlay(model));
  if (packed.zones) overlays.push(new ZoneOverlay(model));
  if (packed.permanence?.length) overlays.push(new PermanenceOverlay(model));
  if (packed.surveys?.length) overlays.push(new PlotOverlay(model));
  if (packed.registered) overlays.push(new RegisteredOverlay(model));
  if (packed.not_reached) overlays.push(new NotReachedOverlay(model));
  if (packed.flows) overlays.push(new FlowOverlay(model));
  if (packed.events) overlays.push(new EventOverlay(model));
  return overlays;
}
