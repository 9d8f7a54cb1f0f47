/** The pages of the viewer within the static page: which of its sections show, and what is added to them. */
import { addressOf, parseAddress, type Address } from "./address.ts";
import { ChartBlock } from "./chart_block.ts";
import { chartsOf } from "./charts.ts";
import { choices, choose } from "./choices.ts";
import { DataTable } from "./data_table.ts";
import { make, shortened } from "./elements.ts";
import type { MapModel } from "./map/map_model.ts";
import { MapView, type MapWish } from "./map/map_view.ts";
import { linkSection } from "./number_links.ts";
import type { Payload } from "./payload.ts";
import { RegionPage } from "./region_page.ts";
import { otherTables, tablesOf, topics, type Topic } from "./topics.ts";
import { allTables, table, type Table } from "./tables.ts";
import { found, say, shownLanguage } from "./words.ts";

interface Part {
  remove(): void;
  print?(): void;
  afterPrint?(): void;
}

export class Shell {
  private parts: Part[] = [];
  private readonly nav = make("nav", { class: "v-nav" });
  private readonly added = make("section", { class: "v-added" });
  private regionByName = new Map<string, string>();

  constructor(private readonly payload: Payload, private readonly model: MapModel | undefined) {
    const names = model?.packed.regions.name ?? [];
    names.forEach((name, i) => {
      if (names.indexOf(name) === i && names.lastIndexOf(name) === i) this.regionByName.set(name, model!.packed.regions.id[i]!);
    });
    addEventListener("hashchange", () => this.show(true));
    addEventListener("beforeprint", () => this.parts.forEach((part) => part.print?.()));
    addEventListener("afterprint", () => this.parts.forEach((part) => part.afterPrint?.()));
  }

  private get page(): HTMLElement {
    return document.querySelector<HTMLElement>(`.page-${shownLanguage()}`)!;
  }
  private get main(): HTMLElement {
    return this.page.querySelector("main")!;
  }
  private section(id: string): HTMLElement | null {
    return document.getElementById(`${shownLanguage()}-${id}`);
  }

  /** The questions that the page answers: those whose section it has. */
  private get questions(): Topic[] {
    return topics.filter((topic) => this.section(topic.id));
  }

  private drawNav(address: Address): void {
    const entry = (page: string, text: string): HTMLElement => make("li", {}, make("a", { href: addressOf(page),
      "aria-current": address.page === page || (page === "tables" && address.page === "table")
        || (page === "regions" && address.page === "region") ? "page" : undefined }, text));
    const entries = [entry("", say("viewer.nav.start"))];
    if (this.model) entries.push(entry("map", say("viewer.nav.map")));
    for (const topic of this.questions) entries.push(entry(topic.id, say(`viewer.nav.${topic.id}`)));
    if (this.model) entries.push(entry("regions", say("viewer.nav.regions")));
    entries.push(entry("tables", say("viewer.nav.tables")));
    for (const id of ["method", "record"]) if (this.section(id)) entries.push(entry(id, say(`viewer.nav.${id}`)));
    entries.push(entry("all", say("viewer.nav.all")));
    this.nav.setAttribute("aria-label", say("viewer.nav.label"));
    this.nav.replaceChildren(make("ul", {}, ...entries));
    this.main.before(this.nav);
    this.page.querySelector("header")?.prepend(this.languages());
    this.nav.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  /** The switch of the static page as buttons within the header's landmark; the static one keeps the state. */
  private languages(): HTMLElement {
    document.querySelectorAll(".v-languages").forEach((old) => old.remove());
    return make("div", { class: "v-languages", role: "group", "aria-label": say("viewer.language") },
      ...this.payload.languages.map((code) => make("button", { type: "button", lang: code,
        "aria-pressed": code === shownLanguage() ? "true" : "false",
        onclick: () => {
          document.getElementById(`lang-${code}`)?.click();
          document.querySelector<HTMLElement>(`.v-languages [lang=${code}]`)?.focus();
        } }, this.payload.words[code]?.["language.own_name"] ?? code)));
  }

  show(moved: boolean): void {
    const address = parseAddress(location.hash);
    for (const part of this.parts) part.remove();
    this.parts = [];
    this.added.replaceChildren();
    this.added.remove();
    document.querySelectorAll(".v-live").forEach((block) => block.remove());
    document.documentElement.dataset.page = address.page || "start";
    this.drawNav(address);
    const topic = this.questions.find((one) => one.id === address.page);
    if (topic) this.question(topic, address);
    else if (address.page === "map" && this.model) this.mapPage();
    else if (address.page === "region" && this.model) this.regionPage(address.of);
    else if (address.page === "regions" && this.model) this.regionsPage();
    else if (address.page === "tables") this.tablesPage();
    else if (address.page === "table" && table(address.of)) this.tablePage(table(address.of)!, address);
    else if (address.page === "all") this.only(null);
    else if (this.section(address.page)) this.only([this.section(address.page)!]);
    else this.start();
    this.title(address);
    if (moved) this.moveTo();
  }

  private title(address: Address): void {
    const heading = address.page === "" ? "" : this.main.querySelector(
      "section:not([hidden]) h2, .v-added h2")?.textContent ?? "";
    document.title = `${heading ? `${shortened(heading, 60)} · ` : ""}${shortened(this.payload.study, 60)} · vereda`;
  }

  private moveTo(): void {
    const heading = this.main.querySelector<HTMLElement>("section:not([hidden]) h2");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    this.nav.scrollIntoView({ block: "start" });
  }

  /** Of the static sections only these show; null: all of them. */
  private only(sections: HTMLElement[] | null): void {
    for (const child of this.main.children) {
      if (child instanceof HTMLElement && child.tagName === "SECTION" && child !== this.added)
        child.hidden = sections !== null && !sections.includes(child);
    }
    for (const section of sections ?? [])
      linkSection(section, topics.find((topic) => [topic.id, ...(topic.more ?? [])].some((id) => section.id === `${shownLanguage()}-${id}`)), this.regionByName);
  }

  private adopt(part: Part): void {
    this.parts.push(part);
  }

  private placeMap(host: HTMLElement, wish: MapWish): void {
    if (!this.model) return;
    const map = new MapView(this.model, this.payload.years, this.payload.crops, wish);
    host.append(map.element);
    map.placed();
    this.adopt(map);
  }
  private placeCharts(host: HTMLElement, block: ChartBlock): void {
    host.append(block.element);
    block.draw();
    this.adopt(block);
  }
  private placeTable(host: HTMLElement, of: Table, filter: Record<string, string> = {}): void {
    const grid = new DataTable(of, filter);
    host.append(grid.element);
    this.adopt({ remove: () => grid.element.remove(), print: () => grid.print(), afterPrint: () => grid.afterPrint() });
  }

  // Pages

  private start(): void {
    const answers = this.main.querySelector<HTMLElement>("section.answers") ?? this.main.querySelector("section");
    const map = this.section("map");
    this.only([answers, ...(this.payload.edition === "public" ? [...this.main.querySelectorAll("section")] : [])]
      .filter((section) => section !== null && section !== map) as HTMLElement[]);
    if (!this.model) return;
    const open = this.payload.edition === "public";
    const live = make("div", { class: "v-live" }, make(open ? "h2" : "h3", {}, say("viewer.nav.map")));
    if (open) this.main.prepend(live);
    else answers?.append(live);
    this.placeMap(live, {});
  }

  private open(title: string, ...children: Node[]): HTMLElement {
    this.only([]);
    this.added.replaceChildren(make("h2", {}, title), ...children);
    this.main.prepend(this.added);
    return this.added;
  }

  private mapPage(): void {
    const host = this.open(say("viewer.nav.map"));
    this.placeMap(host, {});
    this.placeCharts(host, new ChartBlock(() => chartsOf("plots")));
  }

  private question(topic: Topic, address: Address): void {
    const section = this.section(topic.id)!;
    this.only([section, ...(topic.more ?? []).flatMap((id) => this.section(id) ?? [])]);
    const live = make("div", { class: "v-live" });
    const evidence = section.querySelector(":scope > figure, :scope > .figures, :scope > .scroll, :scope > details, :scope > h3");
    if (evidence) (evidence.matches(".step") ? evidence.after.bind(evidence) : evidence.before.bind(evidence))(live);
    else section.append(live);
    if (topic.map) this.placeMap(live, topic.map);
    if (topic.id === "welfare") this.placeRegionChoice(live);
    this.placeCharts(live, new ChartBlock(() => chartsOf(topic.id), topic.id === "welfare"));
    this.placeTabs(live, topic, address);
  }

  private placeRegionChoice(host: HTMLElement): void {
    if (!this.model) return;
    const { id, name } = this.model.packed.regions;
    host.append(make("div", { class: "v-controls" }, make("label", { class: "v-control" }, make("span", {}, say("viewer.map.region")),
      make("select", { onchange: (event) => choose({ region: (event.target as HTMLSelectElement).value }) },
        make("option", { value: "" }, say("viewer.map.all_regions")), ...id.map((region, i) =>
          make("option", { value: region, selected: region === choices().region }, shortened(name[i] || region, 60)))))));
  }

  /** The tables of a question, one at a time. */
  private placeTabs(host: HTMLElement, topic: Topic, address: Address): void {
    const of = tablesOf(topic);
    if (of.length === 0) return;
    const place = make("div", { class: "v-table-place" });
    const select = make("select", { onchange: () => show(select.value) }, ...of.map((one) => make("option", { value: one.name }, one.title)));
    const show = (name: string): void => {
      place.replaceChildren();
      const shown = this.parts.findIndex((part) => "tab" in part);
      if (shown >= 0) this.parts.splice(shown, 1);
      const chosen = table(name)!;
      const grid = new DataTable(chosen, chosen.column("region_id") && choices().region ? { region_id: choices().region } : {}, 30);
      place.append(grid.element);
      this.parts.push(Object.assign({ tab: true }, { remove: () => grid.element.remove(), print: () => grid.print(),
        afterPrint: () => grid.afterPrint() }));
    };
    const first = of.find((one) => one.name === address.of) ?? of[0]!;
    select.value = first.name;
    host.append(make("h3", {}, say("viewer.tables_behind")),
      make("label", { class: "v-control" }, make("span", {}, say("viewer.table.choose")), select), place);
    show(first.name);
  }

  private regionsPage(): void {
    const { id, name, parent } = this.model!.packed.regions;
    const state = table("readiness");
    const list = make("ul", { class: "v-regions" });
    const order = id.map((_, i) => i).sort((a, b) => (parent[a]! + name[a]!).localeCompare(parent[b]! + name[b]!));
    for (const i of order) {
      const row = state?.where({ region_id: id[i]! })[0];
      list.append(make("li", {}, make("a", { href: addressOf("region", id[i]!) }, shortened(name[i] || id[i]!, 80)),
        parent[i] ? make("span", { class: "soft" }, " " + shortened(parent[i]!, 60)) : null, " ",
        row === undefined ? null : make("span", { class: `badge ${state!.raw("state", row)}` }, state!.shown("state", row))));
    }
    this.open(say("viewer.nav.regions"), make("p", {}, say("viewer.region.list")), list);
  }

  private regionPage(id: string): void {
    const position = this.model!.positionOfRegion.get(id);
    if (position === undefined) return this.regionsPage();
    choose({ region: id });
    const host = make("div", { class: "v-region-map" });
    const page = new RegionPage(id, this.model!.regionName(id), host);
    this.only([]);
    this.added.replaceChildren(page.element);
    this.main.prepend(this.added);
    this.placeMap(host, { theme: "density" });
    page.placed();
    this.adopt(page);
  }

  private tablesPage(): void {
    const groups = [...topics.map((topic) => ({ title: say(`viewer.nav.${topic.id}`), of: tablesOf(topic) })),
      { title: say("viewer.tables_other"), of: otherTables() }].filter((group) => group.of.length > 0);
    this.open(say("viewer.nav.tables"), ...groups.map((group) => make("div", {}, make("h3", {}, group.title),
      make("ul", { class: "v-list" }, ...group.of.map((one) => make("li", {}, make("a", { href: addressOf("table", one.name) },
        one.title), make("span", { class: "soft" }, ` ${one.name}.csv`)))))));
  }

  private tablePage(of: Table, address: Address): void {
    const host = this.open(of.title);
    const topic = topics.find((one) => one.tables.includes(of.name) && this.section(one.id));
    host.append(make("p", { class: "v-back" }, topic
      ? make("a", { href: addressOf(topic.id) }, say("viewer.back_to", { page: say(`viewer.nav.${topic.id}`) }))
      : make("a", { href: addressOf("tables") }, say("viewer.nav.tables"))));
    this.placeTable(host, of, address.filter);
  }
}

/** Whether the page carries what the viewer needs to say. */
export const speaks = (): boolean => found("viewer.nav.start") !== undefined && allTables().length > 0;
