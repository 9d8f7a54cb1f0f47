/** Numbers of the static text become links to the rows they come from: a table says its own in data-table, a sentence
 * has those of its question, the note on welfare those of welfare and, for its hectares, of crop area. */
import { addressOf, rowsAddress } from "./address.ts";
import { make } from "./elements.ts";
import { table, type Filter, type Table } from "./tables.ts";
import type { Topic } from "./topics.ts";
import { codeWord, say } from "./words.ts";

const figure = /[\d][\d.,\u00a0]*(?:\u00a0?(?:%|ha|m²|km²))?/g;

/** What a sentence says of its numbers: its only year, its only crop. */
function sentenceFilter(of: Table, sentence: string): Filter {
  const filter: Filter = {};
  const years = new Set(sentence.match(/\b(?:19|20)\d\d\b/g));
  const [year] = years;
  const time = ["year", "period"].find((name) => of.column(name));
  if (year && years.size === 1 && time) filter[time] = year;
  const crops = (of.column("crop")?.distinct ?? []).filter((crop) => sentence.includes(codeWord("crop", crop)));
  if (crops.length === 1) filter.crop = crops[0]!;
  return filter;
}

const hectares = /[\d.,]+\u00a0?ha(?:\s\([^)]*\))?/g;

/** `areas`: the table behind hectares and their intervals, where it is another one. */
function linkNumbers(element: Element, of: Table, base: Filter, areas?: Table): void {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    if (text.parentElement?.closest("a, button, svg, .v-num")) continue;
    const value = text.data;
    const spans = areas ? [...value.matchAll(hectares)].map((span) => [span.index, span.index + span[0].length] as const) : [];
    const parts: (string | Node)[] = [];
    let end = 0;
    for (const match of value.matchAll(figure)) {
      const found = match[0].replace(/[.,\u00a0]+$/, "");
      const before = value[match.index - 1] ?? " ";
      if (/[\p{L}\d_-]/u.test(before) || /^(?:19|20)\d\d$/.test(found)) continue;
      const start = value.lastIndexOf(". ", match.index) + 1;
      const stop = value.indexOf(". ", match.index);
      const behind = areas && spans.some(([from, to]) => match.index >= from && match.index < to) ? areas : of;
      const filter = { ...base, ...sentenceFilter(behind, value.slice(start, stop < 0 ? undefined : stop)) };
      parts.push(value.slice(end, match.index), make("a", { class: "v-num", href: rowsAddress(behind.name, filter) }, found));
      end = match.index + found.length;
    }
    if (end > 0) text.replaceWith(...parts, value.slice(end));
  }
}

const fewValues = 60;

/** What a head says in the words of a coded column: "opium poppy" is crop=poppy. */
function codedFilter(of: Table, head: string): Filter {
  for (const column of of.columns) {
    if (column.isNumber || column.name === "region_id" || column.distinct.length > fewValues) continue;
    const value = column.distinct.find((text) => codeWord(column.name, text) === head);
    if (value !== undefined) return { [column.name]: value };
  }
  return {};
}

/** Regions, years and codes that a static table's row and column heads name. */
function cellFilter(of: Table, rowHead: string, columnHead: string, regions: ReadonlyMap<string, string>): Filter {
  const filter: Filter = {};
  const region = regions.get(rowHead.trim());
  if (region && of.column("region_id")) filter.region_id = region;
  for (const head of [rowHead.trim(), columnHead.trim()]) {
    const year = /^(\d{4})$/.exec(head)?.[1];
    if (!year) {
      Object.assign(filter, codedFilter(of, head));
      continue;
    }
    if (of.column("year")) filter.year = year;
    else if (of.column("period")) filter.period = year;
  }
  return filter;
}

function linkTable(grid: HTMLTableElement, of: Table, base: Filter, regions: ReadonlyMap<string, string>): void {
  const heads = [...(grid.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent ?? "");
  for (const row of grid.tBodies[0]?.rows ?? []) {
    const rowHead = row.cells[0]?.textContent ?? "";
    const region = regions.get(rowHead.trim());
    if (region && row.cells[0] && !row.cells[0].querySelector("a")) {
      const link = make("a", { class: "v-num", href: addressOf("region", region) });
      link.append(...row.cells[0].childNodes);
      row.cells[0].append(link);
    }
    [...row.cells].forEach((cell, i) => {
      if (i === 0 || !/\d/.test(cell.textContent ?? "") || cell.querySelector("a")) return;
      const link = make("a", { class: "v-num", tabindex: -1,
        href: rowsAddress(of.name, { ...base, ...cellFilter(of, rowHead, heads[i] ?? "", regions) }) });
      link.append(...cell.childNodes);
      cell.append(link);
    });
  }
  const caption = grid.caption?.firstElementChild ?? grid.caption;
  caption?.append(" ", make("a", { class: "v-source", href: rowsAddress(of.name, base) }, say("viewer.rows_behind")));
}

/** Once for a section. `regions`: ids by name, only of names that one region bears. */
export function linkSection(section: Element, topic: Topic | undefined, regions: ReadonlyMap<string, string>): void {
  if (section.hasAttribute("data-linked")) return;
  section.setAttribute("data-linked", "");
  const first = topic?.tables.find((name) => table(name));
  for (const grid of section.querySelectorAll<HTMLTableElement>("table:not(.v-grid)")) {
    const [named = "", query] = (grid.dataset.table ?? "").split("?");
    const of = table(named);
    if (of) linkTable(grid, of, Object.fromEntries(new URLSearchParams(query)), regions);
  }
  const welfare = table("welfare");
  const beside = section.querySelector(".beside");
  if (beside && welfare) linkNumbers(beside, welfare, {}, table("plot_area"));
  if (!first) return;
  const everyone: Filter = first === "coverage" ? { group: "all", sex: "all", ethnicity: "all", component: "any" } : {};
  for (const text of section.querySelectorAll(".answer, .bar-text")) linkNumbers(text, table(first)!, everyone);
}
