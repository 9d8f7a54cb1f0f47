/** Words, numbers and dates of the language that is shown. The rules for numbers are those of report/number_format.hpp. */
import type { Payload } from "./payload.ts";

let payload: Payload;
let language = "en";
let regionNames = new Map<string, string>();

export function useWords(of: Payload, shown: string): void {
  payload = of;
  language = shown;
  const regions = of.map?.regions;
  regionNames = new Map(regions?.id.map((id, i) => [id, regions.name[i] ?? ""]));
}
export function shownLanguage(): string {
  return language;
}
export function languagePosition(): number {
  return Math.max(0, payload.languages.indexOf(language));
}

export function found(key: string): string | undefined {
  return payload.words[language]?.[key];
}

/** The message with its {arguments}, and {rows|row|rows} by whether the argument is "1"; the key itself where the page carries no such message. */
export function say(key: string, args: Record<string, string> = {}): string {
  return (found(key) ?? key).replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = args[name];
    if (value === undefined || one === undefined) return value ?? whole;
    return (value === "1" ? one : many) ?? whole;
  });
}

/** As {fmt} writes a fixed number: correctly rounded from the binary value, ties to even. */
export function fixed(value: number, decimals: number): string {
  const factor = 10 ** decimals;
  const scaled = value * factor;
  const tie = Math.abs(scaled % 1) === 0.5 && Number.isInteger(value * 2 ** 20);
  return tie ? ((2 * Math.round(scaled / 2)) / factor).toFixed(decimals) : value.toFixed(decimals);
}

export function number(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return "\u2014";
  const comma = language === "es";
  const [whole = "", rest] = fixed(Math.abs(value), decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, comma ? "." : ",");
  const digits = rest === undefined ? grouped : grouped + (comma ? "," : ".") + rest;
  return value < 0 && /[1-9]/.test(digits) ? "\u2212" + digits : digits;
}

export function plain(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000 || Number.isInteger(size)) return number(value, 0);
  return number(value, size >= 100 ? 1 : size >= 1 ? 2 : 3).replace(/[.,]?0+$/, "");
}

export function hectareDecimals(area: number): number {
  return Math.abs(area) >= 1000 ? 0 : Math.abs(area) >= 1 || area === 0 ? 1 : 2;
}
export function hectares(area: number, lo?: number | null, hi?: number | null): string {
  const decimals = hectareDecimals(area);
  const text = `${number(area, decimals)}\u00a0ha`;
  return lo == null || hi == null ? text : `${text}\u00a0(${number(lo, decimals)}–${number(hi, decimals)})`;
}
export function percent(share: number): string {
  return `${number(share * 100, 1)}\u00a0%`;
}

/** "2019-05-03" as "3 May 2019"; anything else as it is. */
export function longDate(iso: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!parts) return iso;
  const months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december"];
  const month = found(`month.${months[Number(parts[2]) - 1] ?? ""}`);
  return month ? say("date.long", { day: String(Number(parts[3])), month, year: parts[1]! }) : iso;
}

function mechanism(value: string): string | undefined {
  const lag = /^direct_lag_(\d+)$/.exec(value)?.[1];
  if (lag === "0") return say("mechanism.direct_same_year");
  if (lag === "1") return say("mechanism.direct_one_year");
  if (lag !== undefined) return say("mechanism.direct_lag", { years: lag });
  if (value.startsWith("driver_")) return say("mechanism.driver", { name: value.slice("driver_".length) });
  return found(`mechanism.${value}`);
}

const prefixes: Record<string, string[]> = {
  crop: ["crop"],
  state: ["state", "gate", "code.state"],
  event: ["code.event"],
  class: ["permanence", "code.class"],
  possible_classes: ["permanence"],
  likely_class: ["permanence"],
  credible_classes: ["permanence"],
  verdict: ["verdict"],
  verdict_after: ["verdict"],
  component: ["component"],
  indicator: ["welfare"],
  indicator_a: ["welfare"],
  indicator_b: ["welfare"],
  group: ["group"],
  sex: ["sex", "code"],
  ethnicity: ["ethnicity", "code"],
  unit: ["unit"],
  zone_kind: ["zone", "code.zone"],
  zones: ["zone", "code.zone"],
  kind: ["eradication", "place", "code.kind"],
  eradication_kind: ["eradication"],
  violation: ["order.violation"],
  direction: ["code.direction"],
  subject: ["code.subject"],
  outcome: ["code.outcome"],
  why: ["code.why"],
  consent: ["code.consent"],
};

function single(column: string, value: string): string {
  if (column === "mechanism") return mechanism(value) ?? value;
  for (const prefix of prefixes[column] ?? []) {
    const text = found(`${prefix}.${value}`) ?? found(`${prefix}.${value.toLowerCase()}`);
    if (text) return text;
  }
  return payload.titles[value]?.[language] ?? value;
}

const coded = new Set([...Object.keys(prefixes), "mechanism", "gate", "failed_gates", "unknown_gates", "what",
  "gates_after", "gates_never", "gates_unknown", "worse", "known"]);

/** A region's name, its id where it has none. */
export function regionName(id: string): string {
  return regionNames.get(id) || id;
}

/** The words for a code that stands in a table's column, or the value itself. Lists stand with ";". */
export function codeWord(column: string, value: string): string {
  if (column === "region_id" && value) {
    const name = regionNames.get(value);
    return name && name !== value ? `${name} (${value})` : value;
  }
  if (!coded.has(column)) return value;
  return value.includes(";") ? value.split(";").map((part) => single(column, part)).join("; ") : single(column, value);
}
