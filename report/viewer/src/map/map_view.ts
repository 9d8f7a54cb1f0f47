/** The map with its controls: year, colours of the regions, what lies on them, legend, and what was pointed at. */
import OlMap from "ol/Map.js";
import OlView from "ol/View.js";
import Layer from "ol/layer/Layer.js";
import Source from "ol/source/Source.js";
import Projection from "ol/proj/Projection.js";
import ScaleLine from "ol/control/ScaleLine.js";
import Zoom from "ol/control/Zoom.js";
import MouseWheelZoom from "ol/interaction/MouseWheelZoom.js";
import { defaults as defaultInteractions } from "ol/interaction/defaults.js";
import { focus, platformModifierKeyOnly } from "ol/events/condition.js";
import type { FrameState } from "ol/Map.js";
import { addressOf, rowsAddress } from "../address.ts";
import { choices, choose, onChoice } from "../choices.ts";
import * as colours from "../colours.ts";
import { make, shortened } from "../elements.ts";
import { featureAt } from "../shapes.ts";
import { table } from "../tables.ts";
import { codeWord, number, say } from "../words.ts";
import { fillAll, innerPlace, inView, pixelX, pixelY, trace, type View } from "./canvas.ts";
import type { MapModel } from "./map_model.ts";
import { availableOverlays, PlotOverlay, type Found, type Overlay } from "./overlays.ts";
import { availableThemes, type Theme } from "./themes.ts";

/** What a page wants to see first. */
export interface MapWish {
  theme?: string;
  overlays?: string[];
  byEvent?: boolean;
}

export class MapView {
  readonly element: HTMLElement;
  private readonly map: OlMap;
  private readonly view: OlView;
  private readonly canvas = document.createElement("canvas");
  private readonly layer: Layer;
  private readonly themes: Theme[];
  private readonly overlays: Overlay[];
  private readonly shown = new Set<string>();
  private readonly legend = make("div", { class: "v-legend" });
  private readonly details = make("div", { class: "v-details", "aria-live": "polite" });
  private readonly tip = make("div", { class: "v-tip", "aria-hidden": "true", hidden: true });
  private readonly notice = make("p", { class: "v-notice", role: "status", hidden: true });
  private readonly target: HTMLElement;
  private readonly stop: () => void;
  private readonly inner: ([number, number] | undefined)[];
  private legendText = "";
  private drawn = 0;
  private readonly ofTheme: [string, HTMLElement][] = [];

  constructor(private readonly model: MapModel, private readonly years: number[], private readonly crops: string[],
    wish: MapWish) {
    this.themes = availableThemes();
    this.overlays = availableOverlays(model);
    this.inner = Array.from({ length: model.regions.count }, (_, i) => innerPlace(model.regions, i));
    for (const overlay of this.overlays)
      if (wish.overlays ? wish.overlays.includes(overlay.id) : overlay.shownFirst) this.shown.add(overlay.id);
    const plots = this.plotOverlay();
    if (plots) plots.byEvent = wish.byEvent ?? false;
    const theme = this.themes.some((t) => t.id === wish.theme) ? wish.theme! : this.themes[0]?.id ?? "";
    choose({ theme });

    this.target = make("div", { class: "v-map", tabindex: 0, role: "region", "aria-label": say("viewer.map.label"),
      "aria-describedby": "v-map-help" });
    const [left, bottom, right, top] = model.packed.extent;
    const projection = new Projection({ code: "analysis", units: "m", getPointResolution: (resolution) => resolution });
    this.view = new OlView({ projection, center: [(left + right) / 2, (bottom + top) / 2], enableRotation: false,
      resolution: Math.max(right - left, top - bottom) / 400, minResolution: 0.25,
      maxResolution: Math.max(right - left, top - bottom) / 150 });
    this.layer = new Layer({ source: new Source({}), render: (frame) => this.draw(frame) });
    this.map = new OlMap({
      layers: [this.layer], view: this.view,
      controls: [new Zoom({ duration: 120, zoomInTipLabel: say("viewer.map.zoom_in"), zoomOutTipLabel: say("viewer.map.zoom_out") }),
        new ScaleLine({ minWidth: 70 })],
      interactions: defaultInteractions({ mouseWheelZoom: false, altShiftDragRotate: false, pinchRotate: false }).extend([
        new MouseWheelZoom({ condition: (event) => platformModifierKeyOnly(event) || focus(event) })]),
    });
    this.map.on("pointermove", (event) => { if (!event.dragging) this.hover(event.coordinate, event.pixel); });
    this.map.on("singleclick", (event) => this.click(event.coordinate));
    this.target.addEventListener("pointerleave", () => { this.tip.hidden = true; });
    this.element = make("div", { class: "v-map-block" }, this.controls(), make("div", { class: "v-map-row" },
      make("div", { class: "v-map-side" }, this.target, this.notice,
        make("p", { class: "note", id: "v-map-help" }, say("viewer.map.help"))),
      make("div", { class: "v-map-words" }, this.legend, this.details)));
    this.stop = onChoice((changed) => {
      if (changed.has("region")) this.showRegion();
      for (const [theme, control] of this.ofTheme) control.hidden = theme !== choices().theme;
      this.redraw();
    });
    this.redraw();
  }

  /** To be called once the element stands in the page. */
  placed(): void {
    this.map.setTarget(this.target);
    this.target.append(this.tip, make("div", { class: "v-north", "aria-hidden": "true" }, "▲ " + say("viewer.map.north")));
    const [left, bottom, right, top] = this.model.packed.extent;
    this.view.fit([left, bottom, right, top], { padding: [12, 12, 12, 12] });
    if (choices().region) this.showRegion();
  }
  remove(): void {
    this.stop();
    this.map.setTarget(undefined);
    this.element.remove();
  }

  private plotOverlay(): PlotOverlay | undefined {
    return this.overlays.find((overlay): overlay is PlotOverlay => overlay instanceof PlotOverlay);
  }
  private theme(): Theme | undefined {
    return this.themes.find((theme) => theme.id === choices().theme);
  }

  // Controls

  private controls(): HTMLElement {
    return make("div", { class: "v-controls" }, this.yearControl(), this.selectControl("viewer.map.colours",
      this.themes.map((theme) => [theme.id, theme.title()]), choices().theme, (theme) => choose({ theme })),
    this.componentControl(), this.placeControl(), this.cropControl(), this.regionControl(), this.overlayControl());
  }

  private yearControl(): HTMLElement | null {
    if (this.years.length < 2) return null;
    const output = make("output", {}, String(choices().year));
    const slider = make("input", { type: "range", id: "v-year", min: 0, max: this.years.length - 1, step: 1,
      value: Math.max(0, this.years.indexOf(choices().year)), "aria-valuetext": String(choices().year),
      oninput: (event) => choose({ year: this.years[Number((event.target as HTMLInputElement).value)]! }) });
    const follow = onChoice((changed) => {
      if (!slider.isConnected) return void follow();
      if (!changed.has("year")) return;
      slider.value = String(this.years.indexOf(choices().year));
      slider.setAttribute("aria-valuetext", String(choices().year));
      output.textContent = String(choices().year);
    });
    return make("div", { class: "v-control v-year" }, make("label", { for: "v-year" }, say("viewer.map.year")), slider, output);
  }

  /** With `theme` it shows only while the regions show that. */
  private selectControl(label: string, options: [string, string][], value: string, pick: (value: string) => void,
    theme?: string): HTMLElement | null {
    if (options.length < 2) return null;
    const select = make("select", { onchange: (event) => pick((event.target as HTMLSelectElement).value) },
      ...options.map(([key, text]) => make("option", { value: key, selected: key === value }, shortened(text, 60))));
    const control = make("div", { class: "v-control", hidden: theme !== undefined && choices().theme !== theme },
      make("label", {}, make("span", {}, say(label)), select));
    if (theme !== undefined) this.ofTheme.push([theme, control]);
    return control;
  }

  private componentControl(): HTMLElement | null {
    const components = table("coverage")?.column("component")?.distinct ?? [];
    return this.selectControl("viewer.map.component", components.map((name) => [name, codeWord("component", name)]),
      choices().component, (component) => choose({ component }), "reach");
  }
  private placeControl(): HTMLElement | null {
    const kinds = table("travel_times")?.column("kind")?.distinct ?? [];
    return this.selectControl("viewer.map.place", kinds.map((name) => [name, codeWord("kind", name)]), choices().place,
      (place) => choose({ place }), "travel");
  }
  private cropControl(): HTMLElement | null {
    if (this.crops.length < 2) return null;
    return this.selectControl("viewer.map.crop", [["", say("viewer.map.all_crops")],
      ...this.crops.map((crop): [string, string] => [crop, codeWord("crop", crop)])], choices().crop, (crop) => choose({ crop }));
  }
  private regionControl(): HTMLElement | null {
    const { id, name } = this.model.packed.regions;
    const regions = id.map((region, i): [string, string] => [region, shortened(name[i] || region, 60)])
      .sort((a, b) => a[1].localeCompare(b[1]));
    return this.selectControl("viewer.map.region", [["", say("viewer.map.all_regions")], ...regions], choices().region,
      (region) => choose({ region }));
  }

  private overlayControl(): HTMLElement | null {
    const box = (label: string, checked: boolean, change: (on: boolean) => void): HTMLElement => make("label", {},
      make("input", { type: "checkbox", checked, onchange: (event) => {
        change((event.target as HTMLInputElement).checked);
        this.redraw();
      } }), " " + label);
    const boxes = this.overlays.map((overlay) => box(say(`viewer.overlay.${overlay.id}`), this.shown.has(overlay.id),
      (on) => { if (on) this.shown.add(overlay.id); else this.shown.delete(overlay.id); }));
    const plots = this.plotOverlay();
    if (plots && this.model.tracked)
      boxes.push(box(say("viewer.overlay.tracks"), plots.byEvent, (on) => {
        plots.byEvent = on;
        this.shown.add("plots");
      }));
    if (boxes.length === 0) return null;
    return make("fieldset", { class: "v-control v-overlays" }, make("legend", {}, say("viewer.map.layers")), ...boxes);
  }

  // Drawing

  private redraw(): void {
    this.layer.changed();
  }

  private viewOf(frame: FrameState): View {
    const { step, origin } = this.model.packed;
    const { center, resolution } = frame.viewState;
    const ratio = frame.pixelRatio;
    const [width, height] = [Math.round(frame.size[0]! * ratio), Math.round(frame.size[1]! * ratio)];
    return { factor: (step / resolution) * ratio, width, height, ratio,
      shiftX: ((origin[0] - center[0]!) / resolution) * ratio + width / 2,
      shiftY: ((center[1]! - origin[1]) / resolution) * ratio + height / 2 };
  }

  private draw(frame: FrameState): HTMLElement {
    const view = this.viewOf(frame);
    if (this.canvas.width !== view.width || this.canvas.height !== view.height) {
      this.canvas.width = view.width;
      this.canvas.height = view.height;
      this.canvas.className = "v-canvas";
    }
    const context = this.canvas.getContext("2d")!;
    context.clearRect(0, 0, view.width, view.height);
    context.lineJoin = "round";
    this.drawRegions(context, view);
    for (const overlay of this.overlays) if (this.shown.has(overlay.id)) overlay.draw(context, view);
    this.drawBorders(context, view);
    this.explain();
    this.canvas.dataset.drawn = String(++this.drawn);
    return this.canvas;
  }

  private drawRegions(context: CanvasRenderingContext2D, view: View): void {
    const theme = this.theme();
    const { regions, packed } = this.model;
    const groups = new Map<string, number[]>();
    for (let i = 0; i < regions.count; i++) {
      const colour = theme?.of(packed.regions.id[i]!, packed.regions.land_ha?.[i] ?? 0).colour ?? "#f3f1ea";
      const group = groups.get(colour);
      if (group) group.push(i);
      else groups.set(colour, [i]);
    }
    for (const [colour, features] of groups) fillAll(context, view, regions, features, colour);
  }

  private drawBorders(context: CanvasRenderingContext2D, view: View): void {
    const { regions, packed } = this.model;
    context.strokeStyle = "#5f6b65";
    context.lineWidth = view.ratio;
    context.beginPath();
    for (let i = 0; i < regions.count; i++) if (inView(view, regions, i)) trace(context, view, regions, i);
    context.stroke();
    const chosen = this.model.positionOfRegion.get(choices().region);
    if (chosen !== undefined) {
      context.strokeStyle = colours.ink;
      context.lineWidth = 3 * view.ratio;
      context.beginPath();
      trace(context, view, regions, chosen);
      context.stroke();
    }
    const theme = this.theme();
    context.textAlign = "center";
    for (let i = 0; i < regions.count; i++) {
      const place = this.inner[i];
      if (!place || !inView(view, regions, i)) continue;
      const wide = (regions.boxes[4 * i + 2]! - regions.boxes[4 * i]!) * view.factor;
      const [x, y] = [pixelX(view, place[0]), pixelY(view, place[1])];
      const symbol = theme?.of(packed.regions.id[i]!, packed.regions.land_ha?.[i] ?? 0).symbol;
      if (symbol && wide > 18 * view.ratio) this.write(context, view, symbol, x, y, 13);
      const name = shortened(packed.regions.name[i] || packed.regions.id[i]!, 28);
      if (wide > 7 * name.length * view.ratio) this.write(context, view, name, x, y + 14 * view.ratio, 11);
    }
  }

  private write(context: CanvasRenderingContext2D, view: View, text: string, x: number, y: number, size: number): void {
    context.font = `600 ${size * view.ratio}px system-ui, sans-serif`;
    context.lineWidth = 3 * view.ratio;
    context.strokeStyle = "rgba(255,255,255,.85)";
    context.strokeText(text, x, y);
    context.fillStyle = colours.ink;
    context.fillText(text, x, y);
  }

  // Words

  private explain(): void {
    const entries = [...this.overlays].reverse().filter((overlay) => this.shown.has(overlay.id))
      .map((overlay) => ({ title: say(`viewer.overlay.${overlay.id}`), entries: overlay.legend() }));
    const theme = this.theme();
    if (theme) entries.unshift({ title: theme.title(), entries: theme.legend().map((e) => ({ ...e, mark: undefined })) });
    const bins = this.shown.has("plots") ? this.plotOverlay()?.bins : undefined;
    const notice = bins ? say("viewer.map.aggregated", { plots: number(bins.plots, 0),
      side: number(bins.side * this.model.packed.step, 0) }) : "";
    const text = JSON.stringify([entries, choices().year, notice]);
    if (text === this.legendText) return;
    this.legendText = text;
    this.notice.textContent = notice;
    this.notice.hidden = notice === "";
    this.legend.replaceChildren(make("p", { class: "v-title" }, say("viewer.map.legend")), ...entries.flatMap(({ title, entries: list }) => [
      make("p", { class: "legend-title" }, title),
      make("ul", {}, ...list.map((entry) => {
        const swatch = make("span", { class: `v-swatch v-${entry.mark ?? "fill"}`, "aria-hidden": "true" },
          "symbol" in entry && typeof entry.symbol === "string" ? entry.symbol : "");
        swatch.style.setProperty("--colour", entry.colour);
        return make("li", {}, swatch, shortened(entry.text, 90));
      }))]));
  }

  private regionAt(x: number, y: number): Found | undefined {
    const { regions, packed } = this.model;
    const i = featureAt(regions, x, y);
    if (i < 0) return undefined;
    const id = packed.regions.id[i]!;
    const lines: [string, string][] = [];
    const theme = this.theme();
    if (theme) lines.push([theme.title() + (theme.yearly ? ` ${choices().year}` : ""),
      theme.of(id, packed.regions.land_ha?.[i] ?? 0).text]);
    if (packed.regions.families?.[i] != null) lines.push([say("viewer.region.families"), number(packed.regions.families[i]!, 0)]);
    return { title: packed.regions.name[i] || id, lines, rows: theme?.rows(id) };
  }

  /** The uppermost thing under the pointer, and the region below it. */
  private under(coordinate: number[]): { thing?: Found; region?: Found; regionId: string } {
    const { step, origin } = this.model.packed;
    const x = (coordinate[0]! - origin[0]) / step;
    const y = (coordinate[1]! - origin[1]) / step;
    const reach = (5 * this.view.getResolution()!) / step;
    const region = this.regionAt(x, y);
    const position = featureAt(this.model.regions, x, y);
    const regionId = position < 0 ? "" : this.model.packed.regions.id[position]!;
    for (const overlay of [...this.overlays].reverse()) {
      const thing = this.shown.has(overlay.id) ? overlay.at?.(x, y, reach) : undefined;
      if (thing) return { thing, region, regionId };
    }
    return { region, regionId };
  }

  private hover(coordinate: number[], pixel: number[]): void {
    const { thing, region } = this.under(coordinate);
    const found = thing ?? region;
    this.tip.hidden = !found;
    if (!found) return;
    this.tip.textContent = shortened(found.title, 80) + (found.lines[0] ? `: ${shortened(found.lines[0][1], 80)}` : "");
    const right = pixel[0]! > this.target.clientWidth / 2;
    this.tip.style.left = right ? "" : `${pixel[0]! + 12}px`;
    this.tip.style.right = right ? `${this.target.clientWidth - pixel[0]! + 12}px` : "";
    this.tip.style.top = `${pixel[1]! + 12}px`;
  }

  private click(coordinate: number[]): void {
    const { thing, region, regionId } = this.under(coordinate);
    const parts: Node[] = [];
    for (const found of [thing, region]) if (found) parts.push(this.card(found));
    if (regionId) {
      parts.push(make("p", {}, make("a", { href: addressOf("region", regionId) }, say("viewer.region.open"))),
        make("button", { type: "button", onclick: () => choose({ region: choices().region === regionId ? "" : regionId }) },
          say("viewer.region.choose")));
    }
    this.details.replaceChildren(...parts);
  }

  private card(found: Found): HTMLElement {
    const list = make("dl", {}, ...found.lines.map(([name, value]) =>
      make("div", {}, make("dt", {}, name), make("dd", {}, shortened(value, 300)))));
    const link = found.rows && table(found.rows.table)
      ? make("p", {}, make("a", { href: rowsAddress(found.rows.table, found.rows.filter) }, say("viewer.rows_behind"))) : null;
    return make("div", { class: "v-card" }, make("p", { class: "v-title" }, shortened(found.title, 160)), list, link);
  }

  private showRegion(): void {
    const position = this.model.positionOfRegion.get(choices().region);
    const { step, origin, extent } = this.model.packed;
    if (position === undefined) {
      this.view.fit(extent, { padding: [12, 12, 12, 12] });
      return;
    }
    const box = this.model.regions.boxes.subarray(4 * position, 4 * position + 4);
    if (box[0]! > box[2]!) return;
    this.view.fit([origin[0] + box[0]! * step, origin[1] + box[1]! * step, origin[0] + box[2]! * step,
      origin[1] + box[3]! * step], { padding: [40, 40, 40, 40] });
    this.details.replaceChildren(this.card(this.regionCard(position)),
      make("p", {}, make("a", { href: addressOf("region", choices().region) }, say("viewer.region.open"))));
  }
  private regionCard(position: number): Found {
    const place = this.inner[position] ?? [0, 0];
    return this.regionAt(place[0], place[1])
      ?? { title: this.model.packed.regions.name[position] ?? "", lines: [] };
  }

  // Printing: a picture as wide as the paper instead of the window's pixels.

  print(): void {
    if (this.canvas.width === 0) return;
    const picture = make("img", { class: "v-print-map", alt: say("viewer.map.label"), src: this.canvas.toDataURL() });
    this.target.before(picture);
    this.target.hidden = true;
  }
  afterPrint(): void {
    this.element.querySelectorAll(".v-print-map").forEach((picture) => picture.remove());
    this.target.hidden = false;
  }
}
