/** What the regions' colours can show: a value for each region in the chosen year, and the table it comes from. */
import { choices } from "../choices.ts";
import * as colours from "../colours.ts";
import { table, type Table } from "../tables.ts";
import { codeWord, hectares, number, percent, plain, say } from "../words.ts";

export interface Theme {
  id: string;
  title(): string;
  /** Of a region: its colour, and the value in words. */
  of(region: string, land: number): { colour: string; text: string; symbol?: string };
  legend(): { colour: string; text: string; symbol?: string }[];
  /** Address of the rows behind a region's value. */
  rows(region: string): { table: string; filter: Record<string, string> };
  /** Whether it changes with the year. */
  yearly: boolean;
}

interface Scale {
  breaks: number[];
  ramp: string[];
  shown(value: number): string;
}

const classOf = (value: number, breaks: number[]): number => {
  const position = breaks.findIndex((end) => value <= end);
  return position < 0 ? breaks.length : position;
};

function legendOf(scale: Scale): { colour: string; text: string }[] {
  const { breaks, ramp, shown } = scale;
  const entries = breaks.map((end, i) => ({
    colour: ramp[i]!, text: i === 0 ? say("viewer.legend.up_to", { value: shown(end) }) : `${shown(breaks[i - 1]!)} – ${shown(end)}`,
  }));
  entries.push({ colour: ramp[breaks.length]!, text: say("viewer.legend.more_than", { value: shown(breaks.at(-1)!) }) });
  return [...entries, { colour: colours.unknown, text: say("value.unknown") }];
}

/** Five round bounds that spread the values; fewer where the values are few. */
export function roundBreaks(values: number[]): number[] {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const bounds = new Set<number>();
  for (const share of [0.2, 0.4, 0.6, 0.8, 0.95]) {
    const value = sorted[Math.floor(share * (sorted.length - 1))];
    if (value === undefined) break;
    const power = 10 ** Math.floor(Math.log10(value));
    const step = [1, 2, 3, 5, 7].filter((digit) => digit * power <= value * 1.0001).pop() ?? 1;
    bounds.add(Number((step * power).toPrecision(2)));
  }
  return bounds.size > 0 ? [...bounds] : [1];
}

/** Sums or last values by "region|year" and the like, once for each table. */
class Lookup {
  private readonly values = new Map<string, number>();
  constructor(of: Table, keys: string[], value: string, keep: (row: number) => boolean, sum = true) {
    for (let row = 0; row < of.rows; row++) {
      if (!keep(row)) continue;
      const read = of.number(value, row);
      if (read === null) continue;
      const key = keys.map((name) => of.raw(name, row)).join("|");
      this.values.set(key, sum ? (this.values.get(key) ?? 0) + read : read);
    }
  }
  get(...keys: (string | number)[]): number | undefined { return this.values.get(keys.join("|")); }
  all(): number[] { return [...this.values.values()]; }
}

function scaled(value: number | undefined, scale: Scale): { colour: string; text: string } {
  if (value === undefined) return { colour: colours.unknown, text: say("value.unknown") };
  return { colour: scale.ramp[classOf(value, scale.breaks)]!, text: scale.shown(value) };
}

function readiness(of: Table): Theme {
  const byRegion = new Map<string, string>();
  for (let row = 0; row < of.rows; row++) byRegion.set(of.raw("region_id", row), of.raw("state", row));
  const entry = (state: string) => ({ ...colours.states[state]!, text: codeWord("state", state) });
  return {
    id: "readiness", title: () => say("viewer.theme.readiness"), yearly: false,
    of: (region) => {
      const state = byRegion.get(region);
      return state && colours.states[state] ? entry(state) : { colour: "#f3f1ea", text: say("value.unknown") };
    },
    legend: () => Object.keys(colours.states).map(entry),
    rows: (region) => ({ table: "readiness", filter: { region_id: region } }),
  };
}

function density(of: Table): Theme {
  const area = new Lookup(of, ["region_id", "year"], "area_ha", () => true);
  const byCrop = new Lookup(of, ["region_id", "year", "crop"], "area_ha", () => true);
  const scale: Scale = { breaks: [0.03, 0.1, 0.3, 1, 3], ramp: colours.ramps.green!,
    shown: (value) => `${plain(value)}\u00a0ha/km²` };
  return {
    id: "density", title: () => say("viewer.theme.density"), yearly: true,
    of: (region, land) => {
      const { crop, year } = choices();
      const seen = crop ? byCrop.get(region, year, crop) : area.get(region, year);
      if (seen === undefined || !(land > 0)) return { colour: colours.unknown, text: say("value.not_observed") };
      return { colour: scaled((100 * seen) / land, scale).colour, text: `${hectares(seen)}, ${scale.shown((100 * seen) / land)}` };
    },
    legend: () => legendOf(scale),
    rows: (region) => ({ table: "plot_area", filter: { region_id: region, year: String(choices().year) } }),
  };
}

function loss(of: Table, direct: boolean): Theme {
  const keep = (row: number): boolean => !direct || of.raw("mechanism", row).startsWith("direct");
  const area = new Lookup(of, ["region_id", "year"], "area_ha", keep);
  const scale: Scale = { breaks: roundBreaks(area.all()), ramp: colours.ramps.brown!, shown: (value) => hectares(value) };
  const id = direct ? "loss_direct" : "loss";
  return {
    id, title: () => say(`viewer.theme.${id}`), yearly: true,
    of: (region) => scaled(area.get(region, choices().year), scale),
    legend: () => legendOf(scale),
    rows: (region) => ({ table: "loss", filter: { region_id: region, year: String(choices().year) } }),
  };
}

function reach(of: Table): Theme {
  const everyone = (row: number): boolean =>
    of.raw("group", row) === "all" && of.raw("sex", row) === "all" && of.raw("ethnicity", row) === "all";
  const share = new Lookup(of, ["region_id", "period", "component"], "delivered_share", everyone, false);
  const periods = [...new Set(of.column("period")?.distinct)].sort();
  const period = (): string => periods.includes(String(choices().year)) ? String(choices().year) : periods.at(-1) ?? "";
  const scale: Scale = { breaks: [0.2, 0.4, 0.6, 0.8], ramp: colours.ramps.blue!, shown: percent };
  return {
    id: "reach", title: () => say("viewer.theme.reach"), yearly: true,
    of: (region) => scaled(share.get(region, period(), choices().component), scale),
    legend: () => legendOf(scale),
    rows: (region) => ({ table: "coverage", filter: { region_id: region, period: period(), group: "all",
      component: choices().component } }),
  };
}

function travel(of: Table): Theme {
  const subject = of.column("subject")?.distinct.includes("region") ? "region" : "household";
  const minutes = new Map<string, number[]>();
  for (let row = 0; row < of.rows; row++) {
    const value = of.number("minutes", row);
    if (value === null || of.raw("subject", row) !== subject) continue;
    const key = `${of.raw("region_id", row)}|${of.raw("kind", row)}`;
    const list = minutes.get(key);
    if (list) list.push(value);
    else minutes.set(key, [value]);
  }
  const medians = new Map([...minutes].map(([key, list]) => {
    list.sort((a, b) => a - b);
    return [key, (list[(list.length - 1) >> 1]! + list[list.length >> 1]!) / 2] as const;
  }));
  const scale: Scale = { breaks: [15, 30, 60, 120, 240], ramp: colours.ramps.purple!,
    shown: (value) => `${number(value, 0)}\u00a0min` };
  return {
    id: "travel", title: () => say("viewer.theme.travel"), yearly: false,
    of: (region) => scaled(medians.get(`${region}|${choices().place}`), scale),
    legend: () => legendOf(scale),
    rows: (region) => ({ table: "travel_times", filter: { region_id: region, kind: choices().place, subject } }),
  };
}

/** Those whose tables the run holds. */
export function availableThemes(): Theme[] {
  const made: Theme[] = [];
  const add = (name: string, make: (of: Table) => Theme): void => {
    const of = table(name);
    if (of && of.rows > 0) made.push(make(of));
  };
  add("readiness", readiness);
  add("plot_area", density);
  add("loss", (of) => loss(of, false));
  add("loss", (of) => loss(of, true));
  add("coverage", reach);
  add("travel_times", travel);
  return made;
}
