/** The charts of each question: they follow the chosen year, region and crop, and each mark leads to its rows. */
import { barX, barY, dot, gridX, gridY, lineY, plot, rectY, binX, ruleX, ruleY, type Markish, type PlotOptions,
  type RectYOptions,
} from "@observablehq/plot";
import { addressOf, rowsAddress } from "./address.ts";
import { choices } from "./choices.ts";
import * as colours from "./colours.ts";
import { shortened } from "./elements.ts";
import { table, type Filter } from "./tables.ts";
import { codeWord, hectares, number, percent, plain, regionName, say } from "./words.ts";

export interface Chart {
  title: string;
  note?: string;
  legend?: { colour: string; text: string }[];
  rows: { table: string; filter: Filter };
  draw(width: number): SVGElement | HTMLElement;
}

interface Mark {
  href: string;
  says: string;
}

const linked = { href: "href", ariaLabel: "says", title: "says" } as const;

function drawn(width: number, label: string, options: PlotOptions, marks: Markish[]): SVGElement | HTMLElement {
  const named = shortened(label, 160);
  const figure = plot({ width: Math.max(260, width), marginTop: 18, ariaLabel: named, ...options, marks });
  figure.setAttribute("role", "group");
  figure.querySelectorAll("a").forEach((link) => {
    const mark = link.firstElementChild;
    link.setAttribute("aria-label", shortened(mark?.getAttribute("aria-label") ?? named, 300));
    mark?.removeAttribute("aria-label");
  });
  figure.querySelectorAll("g[aria-label]").forEach((group) => group.removeAttribute("aria-label"));
  return figure;
}

const years = (values: number[]): PlotOptions["x"] => ({ type: "band", domain: [...new Set(values)].sort(), tickFormat: String, label: null });
const inRegion = (): Filter => (choices().region ? { region_id: choices().region } : {});
const ofCrop = (): Filter => (choices().crop ? { crop: choices().crop } : {});

function cropArea(): Chart[] {
  const of = table("plot_area");
  if (!of) return [];
  return (of.column("crop")?.distinct ?? []).filter((crop) => !choices().crop || choices().crop === crop).map((crop) => {
    const sums = new Map<number, { area: number; lo: number; hi: number }>();
    for (const row of of.where({ crop, ...inRegion() })) {
      const year = of.number("year", row)!;
      const sum = sums.get(year) ?? { area: 0, lo: 0, hi: 0 };
      sum.area += of.number("area_ha", row) ?? 0;
      sum.lo += of.number("area_lo_ha", row) ?? 0;
      sum.hi += of.number("area_hi_ha", row) ?? 0;
      sums.set(year, sum);
    }
    const title = say("viewer.chart.crop_area", { crop: codeWord("crop", crop) });
    const data = [...sums].map(([year, sum]) => ({ year, ...sum, says: `${year}: ${hectares(sum.area, sum.lo, sum.hi)}`,
      href: rowsAddress("plot_area", { crop, year, ...inRegion() }) }));
    return { title, note: say("viewer.chart.crop_area.note"), rows: { table: "plot_area", filter: { crop, ...inRegion() } },
      draw: (width) => drawn(width, title, { height: 220, x: years(data.map((d) => d.year)),
        y: { label: "ha", tickFormat: plain, domain: [0, Math.max(...data.map((d) => Math.max(d.area, d.hi))) || 1] } }, [
        gridY({ stroke: "#e6e8e1" }),
        barY(data, { x: "year", y: "area", fill: colours.crop[crop] ?? colours.ink,
          fillOpacity: (d: { year: number }) => (d.year === choices().year ? 1 : 0.55), ...linked }),
        ruleX(data, { x: "year", y1: "lo", y2: "hi", stroke: colours.ink, strokeWidth: 1.6 }),
        ruleY([0], { stroke: "#8b958f" })]) };
  });
}

function permanenceShares(): Chart[] {
  const of = table("permanence_regions");
  if (!of) return [];
  const cells = new Map<string, { lo: number; hi: number; likely: number }>();
  for (const row of of.where({ ...ofCrop(), ...inRegion() })) {
    const name = of.raw("class", row);
    if (name === "never") continue;
    const sum = cells.get(name) ?? { lo: 0, hi: 0, likely: 0 };
    sum.lo += of.number("cells", row) ?? 0;
    sum.hi += of.number("cells_possible", row) ?? 0;
    sum.likely += of.number("cells_likely", row) ?? 0;
    cells.set(name, sum);
  }
  const title = say("viewer.chart.permanence");
  const data = [...cells].map(([name, sum]) => ({ name: codeWord("class", name), colour: colours.permanence[name] ?? colours.unknown,
    ...sum, says: `${codeWord("class", name)}: ${number(sum.likely, 0)} (${number(sum.lo, 0)}–${number(sum.hi, 0)})`,
    href: rowsAddress("permanence_regions", { class: name, ...ofCrop(), ...inRegion() }) }));
  if (data.length === 0) return [];
  return [{ title, note: say("viewer.chart.permanence.note"), rows: { table: "permanence_regions", filter: { ...ofCrop(), ...inRegion() } },
    draw: (width) => drawn(width, title, { height: 40 + 34 * data.length, marginLeft: 110, x: { label: null, tickFormat: plain },
      y: { label: null } }, [
      gridX({ stroke: "#e6e8e1" }), barX(data, { y: "name", x: "likely", fill: "colour", ...linked }),
      ruleY(data, { y: "name", x1: "lo", x2: "hi", stroke: colours.ink, strokeWidth: 1.6 })]) }];
}

function mechanismColour(name: string): string {
  const lag = /^direct_lag_(\d+)$/.exec(name)?.[1];
  if (lag) return colours.mechanisms[Math.min(5, Number(lag))]!;
  if (name === "associated") return colours.mechanisms[6]!;
  return name.startsWith("driver_") ? colours.driver : colours.unattributed;
}

function forestLoss(): Chart[] {
  const of = table("loss");
  if (!of) return [];
  const order = ["direct", "associated", "driver", "unattributed"];
  const rank = (name: string): number => order.findIndex((start) => name.startsWith(start));
  const sums = new Map<string, { year: number; mechanism: string; area: number }>();
  for (const row of of.where(inRegion())) {
    const [year, mechanism] = [of.number("year", row)!, of.raw("mechanism", row)];
    const sum = sums.get(`${year}|${mechanism}`) ?? { year, mechanism, area: 0 };
    sum.area += of.number("area_ha", row) ?? 0;
    sums.set(`${year}|${mechanism}`, sum);
  }
  const title = say("viewer.chart.loss");
  const data = [...sums.values()].sort((a, b) => a.year - b.year || rank(a.mechanism) - rank(b.mechanism)
    || a.mechanism.localeCompare(b.mechanism)).map((sum) => ({ ...sum, colour: mechanismColour(sum.mechanism),
    says: `${sum.year}, ${codeWord("mechanism", sum.mechanism)}: ${hectares(sum.area)}`,
    href: rowsAddress("loss", { year: sum.year, mechanism: sum.mechanism, ...inRegion() }) }));
  const groups = [...new Set(data.map((d) => d.mechanism))];
  const legend = groups.filter((name) => !name.startsWith("driver_"))
    .map((name) => ({ colour: mechanismColour(name), text: codeWord("mechanism", name) }));
  if (groups.some((name) => name.startsWith("driver_"))) legend.push({ colour: colours.driver, text: say("viewer.chart.other_drivers") });
  return [{ title, legend, rows: { table: "loss", filter: inRegion() },
    draw: (width) => drawn(width, title, { height: 260, x: years(data.map((d) => d.year)), y: { label: "ha", tickFormat: plain } }, [
      gridY({ stroke: "#e6e8e1" }),
      barY(data, { x: "year", y: "area", fill: "colour", stroke: "#fff", strokeWidth: 0.5, order: null, ...linked }),
      ruleX(data.filter((d) => d.year === choices().year).slice(0, 1), { x: "year", stroke: colours.ink, strokeDasharray: "2 3" }),
      ruleY([0], { stroke: "#8b958f" })]) }];
}

function displacement(): Chart[] {
  const charts: Chart[] = [];
  const looks = table("displacement");
  if (looks) {
    const data: (Mark & { name: string; estimate: number; lo: number | null; hi: number | null })[] = [];
    for (let row = 0; row < looks.rows; row++) {
      const estimate = looks.number("estimate", row);
      if (estimate === null) continue;
      const [belt, estimator] = [looks.number("belt_m", row) ?? 0, looks.raw("estimator", row)];
      const name = `${shortened(estimator, 40)} ${belt > 0 ? number(belt / 1000, 0) + " km" : ""}`.trim();
      const [lo, hi] = [looks.number("lo", row), looks.number("hi", row)];
      data.push({ name, estimate, lo, hi, says: `${name}: ${number(estimate, 2)} (${lo === null ? "" : number(lo, 2)}–${hi === null ? "" : number(hi, 2)})`,
        href: rowsAddress("displacement", { estimator, belt_m: belt }) });
    }
    const title = say("viewer.chart.looks");
    if (data.length > 0) charts.push({ title, note: say("viewer.chart.looks.note"), rows: { table: "displacement", filter: {} },
      draw: (width) => drawn(width, title, { height: 50 + 22 * data.length, marginLeft: Math.min(190, width / 2), x: { label: null, tickFormat: plain }, y: { label: null, domain: data.map((d) => d.name) } }, [
        gridX({ stroke: "#e6e8e1" }), ruleX([0], { stroke: "#8b958f" }),
        ruleY(data.filter((d) => d.lo !== null && d.hi !== null), { y: "name", x1: "lo", x2: "hi", stroke: "#0072b2", strokeWidth: 3 }),
        dot(data, { y: "name", x: "estimate", r: 4.5, fill: colours.ink, ...linked })]) });
  }
  const balance = table("flow_balance");
  if (balance) {
    const kinds = ["lost_ha", "lost_unmatched_ha", "gained_ha", "gained_unmatched_ha"];
    const shade = ["#a03c00", "#eab36c", "#0f4f4a", "#8fc0a0"];
    const data: (Mark & { year: number; area: number; colour: string; kind: string })[] = [];
    for (let row = 0; row < balance.rows; row++) {
      const year = balance.number("to_year", row)!;
      kinds.forEach((kind, i) => {
        const area = balance.number(kind, row);
        if (area === null) return;
        data.push({ year, kind, area: kind.startsWith("lost") ? -area : area, colour: shade[i]!,
          says: `${year}, ${say(`viewer.chart.${kind}`)}: ${hectares(area)}`, href: rowsAddress("flow_balance", { to_year: year }) });
      });
    }
    const title = say("viewer.chart.flows");
    const whole = (kind: string): boolean => !kind.includes("unmatched");
    if (data.length > 0) charts.push({ title, note: say("viewer.flow.not_causal"), rows: { table: "flow_balance", filter: {} },
      legend: kinds.map((kind, i) => ({ colour: shade[i]!, text: say(`viewer.chart.${kind}`) })),
      draw: (width) => drawn(width, title, { height: 220, x: years(data.map((d) => d.year)), y: { label: "ha", tickFormat: plain } }, [
        gridY({ stroke: "#e6e8e1" }),
        barY(data.filter((d) => whole(d.kind)), { x: "year", y1: 0, y2: "area", fill: "colour", ...linked }),
        barY(data.filter((d) => !whole(d.kind)), { x: "year", y1: 0, y2: "area", fill: "colour", insetLeft: 8, insetRight: 8, ...linked }),
        ruleY([0], { stroke: "#8b958f" })]) });
  }
  return charts;
}

function reach(): Chart[] {
  const of = table("coverage");
  if (!of) return [];
  const periods = [...new Set(of.column("period")?.distinct)].filter((p) => /^\d{4}$/.test(p)).sort();
  const period = periods.includes(String(choices().year)) ? String(choices().year) : periods.at(-1) ?? "";
  const filter = { period, group: "all", sex: "all", ethnicity: "all", ...inRegion() };
  const steps = ["promised", "delivered", "confirmed"];
  const shade = ["#cfe0ea", "#56b4e9", "#005f94"];
  const sums = new Map<string, Record<string, number>>();
  for (const row of of.where(filter)) {
    const component = of.raw("component", row);
    const sum = sums.get(component) ?? { registered: 0, promised: 0, delivered: 0, confirmed: 0 };
    for (const name of Object.keys(sum)) sum[name]! += of.number(name, row) ?? 0;
    sums.set(component, sum);
  }
  const data = [...sums].filter(([, sum]) => sum.registered! > 0).flatMap(([component, sum]) => steps.map((step, i) => ({
    component: shortened(codeWord("component", component), 40), step: i, share: sum[step]! / sum.registered!, colour: shade[i]!,
    says: `${codeWord("component", component)}, ${say(`viewer.chart.${step}`)}: ${number(sum[step]!, 0)} / ${number(sum.registered!, 0)} (${percent(sum[step]! / sum.registered!)})`,
    href: rowsAddress("coverage", { ...filter, component }) })));
  if (data.length === 0) return [];
  const names = [...new Set(data.map((d) => d.component))];
  const title = say("viewer.chart.reach", { period });
  return [{ title, legend: steps.map((step, i) => ({ colour: shade[i]!, text: say(`viewer.chart.${step}`) })),
    rows: { table: "coverage", filter },
    draw: (width) => drawn(width, title, { height: 40 + 30 * names.length, marginLeft: Math.min(150, width / 2.6), x: { label: null, domain: [0, 1], tickFormat: percent, ticks: 4 }, y: { label: null, domain: names } }, [
      gridX({ stroke: "#e6e8e1" }),
      ...steps.map((_, i) => barX(data.filter((d) => d.step === i), { y: "component", x1: 0, x2: "share", fill: "colour",
        insetTop: 3 * i, insetBottom: 3 * i, ...linked }))]) }];
}

const regionsDrawn = 60;

function readiness(): Chart[] {
  const of = table("readiness");
  if (!of) return [];
  const data: (Mark & { id: string; name: string; score: number; lo: number; hi: number; colour: string })[] = [];
  for (let row = 0; row < of.rows; row++) {
    const [score, id] = [of.number("score", row), of.raw("region_id", row)];
    if (score === null) continue;
    const state = of.raw("state", row);
    const name = regionName(id);
    data.push({ id, name: shortened(name, 26), score, lo: of.number("score_lo", row) ?? score, hi: of.number("score_hi", row) ?? score,
      colour: colours.states[state]?.colour ?? colours.unknown, href: addressOf("region", id),
      says: `${name}: ${codeWord("state", state)}, ${number(score, 2)} (${of.shown("score_lo", row)}–${of.shown("score_hi", row)})` });
  }
  data.sort((a, b) => b.score - a.score);
  const shown = data.slice(0, regionsDrawn);
  const title = say("viewer.chart.readiness");
  if (shown.length === 0) return [];
  const labels = new Map(shown.map((d) => [d.id, d.name]));
  return [{ title, legend: Object.entries(colours.states).map(([state, { colour, symbol }]) => ({ colour, text: `${symbol} ${codeWord("state", state)}` })),
    note: shown.length < data.length ? say("viewer.chart.first", { shown: number(shown.length, 0), all: number(data.length, 0) }) : undefined,
    rows: { table: "readiness", filter: {} },
    draw: (width) => drawn(width, title, { height: 50 + 17 * shown.length, marginLeft: Math.min(170, width / 2.4), x: { label: null, domain: [0, 1], tickFormat: (v: number) => number(v, 1) },
      y: { label: null, domain: shown.map((d) => d.id), tickFormat: (id: string) => labels.get(id) ?? id } }, [
      gridX({ stroke: "#e6e8e1" }),
      ruleY(shown, { y: "id", x1: "lo", x2: "hi", stroke: "colour", strokeWidth: 8 }),
      dot(shown, { y: "id", x: "score", r: (d: { id: string }) => (d.id === choices().region ? 6 : 4), fill: colours.ink, ...linked })]) }];
}

function order(): Chart[] {
  const of = table("sequence_audit");
  if (!of) return [];
  const data: (Mark & { id: string; days: number; colour: string })[] = [];
  for (const row of of.where({ household_id: "", ...inRegion() })) {
    const days = of.number("lead_days", row);
    if (days === null) continue;
    const [id, violation] = [of.raw("region_id", row), of.raw("violation", row)];
    data.push({ id, days, colour: violation === "yes" ? "#d55e00" : violation === "no" ? "#0072b2" : "#8a938d",
      says: `${regionName(id)}: ${number(days, 0)} ${say("viewer.days")}, ${codeWord("violation", violation)}`,
      href: rowsAddress("sequence_audit", { region_id: id, household_id: "" }) });
  }
  if (data.length === 0) return [];
  const title = say("viewer.chart.order");
  return [{ title, note: say("viewer.chart.order.note"), rows: { table: "sequence_audit", filter: inRegion() },
    draw: (width) => drawn(width, title, { height: 50 + 20 * new Set(data.map((d) => d.id)).size, marginLeft: Math.min(170, width / 2.4),
      x: { label: say("viewer.days"), tickFormat: plain, labelAnchor: "right" },
      y: { label: null, tickFormat: (id: string) => shortened(regionName(id), 26) } }, [
      gridX({ stroke: "#e6e8e1" }), ruleX([0], { stroke: "#8b958f" }),
      dot(data, { y: "id", x: "days", r: 5, fill: "colour", ...linked })]) }];
}

function smallPlots(): Chart[] {
  const of = table("small_plot_families") ?? table("small_plots");
  if (!of) return [];
  const data: { area: number; verdict: string }[] = [];
  const limits = new Set<number>();
  for (let row = 0; row < of.rows; row++) {
    const area = of.number("area_m2", row);
    if (area === null) continue;
    data.push({ area, verdict: of.raw("verdict", row) });
    const limit = of.number("limit_m2", row);
    if (limit !== null) limits.add(limit);
  }
  if (data.length === 0) return [];
  const title = say("viewer.chart.small_plots");
  const present = Object.keys(colours.verdicts).filter((verdict) => data.some((d) => d.verdict === verdict));
  return [{ title, note: say("viewer.chart.small_plots.note"), rows: { table: of.name, filter: {} },
    legend: present.map((verdict) => ({ colour: colours.verdicts[verdict]!, text: codeWord("verdict", verdict) })),
    draw: (width) => drawn(width, title, { height: 240, x: { label: "m²", tickFormat: plain }, y: { label: null, tickFormat: plain },
      color: { domain: present, range: present.map((verdict) => colours.verdicts[verdict]!) } }, [
      gridY({ stroke: "#e6e8e1" }),
      rectY(data, binX<RectYOptions>({ y: "count" }, { x: { value: "area", thresholds: 30 }, fill: "verdict", order: present })),
      ruleX([...limits], { stroke: "#8a2f06", strokeDasharray: "6 4", strokeWidth: 2 }), ruleY([0], { stroke: "#8b958f" })]) }];
}

export function welfare(region: string = choices().region): Chart[] {
  const of = table("welfare");
  if (!of) return [];
  return (of.column("indicator")?.distinct ?? []).map((indicator) => {
    const byYear = new Map<string, { values: number[]; lo: number | null; hi: number | null }>();
    let unit = "";
    let isShare = false;
    const wanted: Filter = region ? { indicator, region_id: region } : { indicator };
    for (const row of of.where(wanted)) {
      isShare = of.raw("unit", row) === "share";
      unit ||= isShare ? "%" : of.shown("unit", row);
      const value = of.number("value", row);
      if (value === null) continue;
      const entry = byYear.get(of.raw("period", row)) ?? { values: [], lo: null, hi: null };
      entry.values.push(value);
      entry.lo = of.number("lo", row);
      entry.hi = of.number("hi", row);
      byYear.set(of.raw("period", row), entry);
    }
    const data = [...byYear].sort(([a], [b]) => (a < b ? -1 : 1)).map(([period, { values, lo, hi }]) => {
      values.sort((a, b) => a - b);
      const value = (values[(values.length - 1) >> 1]! + values[values.length >> 1]!) / 2;
      return { period, value, lo: region ? lo ?? value : values[Math.floor(values.length / 4)]!, hi: region ? hi ?? value : values[Math.floor((3 * values.length) / 4)]!,
        says: `${period}: ${isShare ? percent(value) : `${plain(value)} ${unit}`}`, href: rowsAddress("welfare", { ...wanted, period }) };
    });
    const title = `${shortened(codeWord("indicator", indicator), 90)}${unit ? `, ${shortened(unit, 30)}` : ""}`;
    return { title, rows: { table: "welfare", filter: wanted },
      draw: (width: number) => data.length === 0 ? nothing() : drawn(width, title, { height: 120, marginLeft: 44, marginTop: 10, marginBottom: 24, x: { type: "point", label: null },
        y: { label: null, ticks: 3, tickFormat: isShare ? (v: number) => `${number(v * 100, 0)} %` : plain,
          domain: [Math.min(0, ...data.map((d) => d.lo)), Math.max(...data.map((d) => d.hi)) || 1] } }, [
        gridY({ stroke: "#e6e8e1", ticks: 3 }),
        ruleX(data, { x: "period", y1: "lo", y2: "hi", stroke: "#8fb9d6", strokeWidth: 4 }),
        lineY(data, { x: "period", y: "value", stroke: "#1d5e4c", strokeWidth: 2 }),
        dot(data, { x: "period", y: "value", r: 3, fill: "#1d5e4c", ...linked })]) };
  });
}

function nothing(): HTMLElement {
  const text = document.createElement("p");
  text.className = "unknown";
  text.textContent = say("value.unknown");
  return text;
}

/** Those of a question that the run's tables can fill. */
export function chartsOf(topic: string): Chart[] {
  switch (topic) {
    case "plots": return [...cropArea(), ...permanenceShares()];
    case "forest": return forestLoss();
    case "displacement": return displacement();
    case "reach": return reach();
    case "readiness": return readiness();
    case "order": return order();
    case "small_plots": return smallPlots();
    case "welfare": return welfare();
    default: return [];
  }
}
