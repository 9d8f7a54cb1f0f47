/** One region on a page that prints on two sides: where it stands, what is missing, who owes it and by when, and how its
 * people live. */
import { rowsAddress, addressOf } from "./address.ts";
import { ChartBlock } from "./chart_block.ts";
import { chartsOf, welfare } from "./charts.ts";
import { make } from "./elements.ts";
import { table } from "./tables.ts";
import { hectares, longDate, number, percent, say } from "./words.ts";

function rowsLink(of: string, filter: Record<string, string>): HTMLElement {
  return make("p", { class: "more" }, make("a", { href: rowsAddress(of, filter) }, say("viewer.rows_behind")));
}

function gridOf(caption: string, heads: string[], rows: (string | Node)[][]): HTMLElement {
  return make("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": caption },
    make("table", { class: "prose" }, make("caption", {}, make("span", {}, caption)),
      make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((cell, i) =>
        i === 0 ? make("th", { scope: "row" }, cell) : make("td", {}, cell)))))));
}

function standing(id: string): HTMLElement | null {
  const of = table("readiness");
  const row = of?.where({ region_id: id })[0];
  if (!of || row === undefined) return null;
  const parts: (Node | null)[] = [
    make("p", { class: "answer" }, make("span", { class: `badge ${of.raw("state", row)}` }, of.shown("state", row)), " ",
      of.raw("reason", row)),
  ];
  const score = of.number("score", row);
  if (score !== null) parts.push(make("p", {}, say("viewer.region.score", { score: number(score, 2),
    lo: of.shown("score_lo", row), hi: of.shown("score_hi", row), rank: of.shown("rank", row),
    rank_lo: of.shown("rank_lo", row), rank_hi: of.shown("rank_hi", row) })));
  const notice = of.raw("notice", row);
  if (notice) parts.push(make("p", { class: "promise" }, notice));
  return make("div", {}, ...parts, rowsLink("readiness", { region_id: id }));
}

function missing(id: string): HTMLElement | null {
  const of = table("readiness_missing");
  const rows = of?.where({ region_id: id }) ?? [];
  if (!of || rows.length === 0) return null;
  const due = (row: number): string => {
    const days = of.number("days_late", row);
    const date = of.raw("due_on", row);
    return (date ? longDate(date) : "–") + (days !== null && days > 0 ? ` (${say("viewer.region.late", { days: number(days, 0) })})` : "");
  };
  return make("div", { class: "v-missing" }, gridOf(say("viewer.region.missing"),
    [say("viewer.region.what"), say("viewer.region.found"), say("viewer.region.owner"), say("viewer.region.due")],
    rows.map((row) => [of.raw("title", row), of.raw("reason", row), of.raw("owner", row), due(row)])),
  rowsLink("readiness_missing", { region_id: id }));
}

function gates(id: string): HTMLElement | null {
  const of = table("readiness_gates");
  const rows = of?.where({ region_id: id }) ?? [];
  if (!of || rows.length === 0) return null;
  const marks: Record<string, string> = { pass: "✓", fail: "✕", unknown: "?" };
  return make("div", { class: "v-gates" }, gridOf(say("viewer.region.gates"), [say("viewer.region.what"), say("viewer.region.state"), say("viewer.region.found")],
    rows.map((row) => [of.raw("title", row) || of.shown("gate", row),
      make("span", {}, make("span", { class: `gate ${of.raw("state", row)}`, "aria-hidden": "true" }, marks[of.raw("state", row)] ?? ""), " ", of.shown("state", row)),
      of.raw("reason", row)])), rowsLink("readiness_gates", { region_id: id }));
}

function people(id: string): HTMLElement | null {
  const of = table("coverage");
  if (!of) return null;
  const period = [...new Set(of.column("period")?.distinct)].filter((p) => /^\d{4}$/.test(p)).sort().pop() ?? "";
  const filter = { region_id: id, period, group: "all", sex: "all", ethnicity: "all" };
  const rows = of.where(filter).filter((row) => (of.number("promised", row) ?? 1) > 0);
  if (rows.length === 0) return null;
  const share = (name: string, row: number): string => {
    const [count, all] = [of.number(name, row), of.number("registered", row)];
    return count === null ? say("value.unknown") : all ? `${number(count, 0)} (${percent(count / all)})` : number(count, 0);
  };
  return make("div", {}, gridOf(say("viewer.region.reach", { period }), [say("viewer.map.component"), say("viewer.chart.promised"),
    say("viewer.chart.delivered"), say("viewer.chart.confirmed")],
  rows.map((row) => [of.shown("component", row), share("promised", row), share("delivered", row), share("confirmed", row)])),
  rowsLink("coverage", filter));
}

function hectaresNow(id: string): HTMLElement | null {
  const of = table("plot_area");
  if (!of) return null;
  const latest = new Map<string, number>();
  for (const row of of.where({ region_id: id })) {
    const crop = of.shown("crop", row);
    const before = latest.get(crop);
    if (before === undefined || of.number("year", row)! > of.number("year", before)!) latest.set(crop, row);
  }
  if (latest.size === 0) return null;
  return make("ul", { class: "plain" }, ...[...latest].map(([crop, row]) => {
    const area = of.number("area_ha", row);
    return make("li", {}, `${crop}, ${of.raw("year", row)}: `, make("a", { class: "v-num",
      href: rowsAddress("plot_area", { region_id: id, year: of.raw("year", row), crop: of.raw("crop", row) }) },
    area === null ? say("value.not_observed") : hectares(area, of.number("area_lo_ha", row), of.number("area_hi_ha", row))));
  }));
}

export class RegionPage {
  readonly element: HTMLElement;
  private readonly blocks: ChartBlock[];

  constructor(id: string, name: string, map: HTMLElement | null) {
    const area = new ChartBlock(() => chartsOf("plots").slice(0, 2));
    const lives = new ChartBlock(() => welfare(id), true);
    this.blocks = [area, lives];
    this.element = make("div", { class: "v-region" },
      make("p", { class: "v-back" }, make("a", { href: addressOf("regions") }, say("viewer.region.all"))),
      make("h2", { tabindex: -1 }, name), make("p", { class: "soft" }, id),
      make("div", { class: "v-tools" }, make("button", { type: "button", onclick: () => print() }, say("viewer.region.print"))),
      standing(id), missing(id),
      make("h3", {}, say("viewer.region.land")), hectaresNow(id), map, make("div", { class: "v-second-side" }, area.element, gates(id)),
      make("h3", {}, say("viewer.region.people")), people(id), lives.element);
  }
  placed(): void {
    for (const block of this.blocks) block.draw();
  }
  remove(): void {
    for (const block of this.blocks) block.remove();
    this.element.remove();
  }
}
