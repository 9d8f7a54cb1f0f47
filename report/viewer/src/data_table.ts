/** A table on the screen: sorted, filtered, only the rows in view drawn; printed as a plain table of its first rows. */
import { make, shortened } from "./elements.ts";
import { addressOf } from "./address.ts";
import { downloadCsv } from "./download.ts";
import { matcher } from "./filter.ts";
import type { Column, Filter, Table } from "./tables.ts";
import { codeWord, number, say, shownLanguage } from "./words.ts";

const rowHeight = 36;
const rowsInView = 16;
const fewValues = 24;

/** A number of an address as the language's readers write it. */
function shownNumber(value: string): string {
  return shownLanguage() === "es" ? value.replace(".", ",") : value;
}

interface Sorting {
  column: Column;
  descending: boolean;
}

/** Columns without a value in any row say nothing on the screen; the CSV has them. */
function filledColumns(table: Table): Column[] {
  return table.columns.filter((column) => {
    if (column.name === "region_name" && table.column("region_id")) return false;  // stands with the id
    for (let row = 0; row < table.rows; row++) if (column.raw(row) !== "") return true;
    return false;
  });
}

export class DataTable {
  readonly element: HTMLElement;
  private readonly columns: Column[];
  private readonly chosen = new Map<string, string>();
  private rows: number[] = [];
  private sorting: Sorting | undefined;
  private readonly body = make("tbody");
  private readonly head = make("thead");
  private readonly grid: HTMLTableElement;
  private readonly scroller: HTMLElement;
  private readonly counted = make("p", { class: "v-count", role: "status" });
  private readonly details = make("div", { class: "v-row-details", hidden: true });
  private drawnFrom = -1;

  /** `rowsPrinted`: how many of its rows go on paper at most. */
  constructor(private readonly table: Table, filter: Filter = {}, private readonly rowsPrinted = 200) {
    this.columns = filledColumns(table);
    for (const [name, value] of Object.entries(filter)) {
      const column = table.column(name);
      if (column) this.chosen.set(name, column.isNumber ? shownNumber(value) : `=${value}`);
    }
    const caption = make("caption", {}, make("span", {}, table.title));
    this.grid = make("table", { class: "v-grid" }, caption, this.head, this.body);
    this.scroller = make("div", { class: "v-scroll", role: "region", tabindex: 0,
      "aria-label": say("viewer.table.rows_of", { table: table.title }) }, this.grid);
    this.scroller.style.maxHeight = `${(rowsInView + 3) * rowHeight}px`;
    this.scroller.addEventListener("scroll", () => this.drawRows(false), { passive: true });
    this.element = make("div", { class: "v-table" },
      make("p", { class: "v-about" }, table.about), this.tools(), this.scroller, this.details);
    this.drawHead();
    this.select();
  }

  private tools(): HTMLElement {
    const download = make("button", { type: "button", onclick: () => downloadCsv(this.table, this.rows) },
      say("viewer.table.csv"));
    const clear = make("button", { type: "button", onclick: () => this.clear() }, say("viewer.table.clear"));
    return make("div", { class: "v-tools" }, this.counted, clear, download);
  }

  private clear(): void {
    this.chosen.clear();
    this.drawHead();
    this.select();
  }

  private drawHead(): void {
    const titles = make("tr");
    const filters = make("tr", { class: "v-filters" });
    for (const column of this.columns) {
      const sorted = this.sorting?.column === column;
      const button = make("button", { type: "button", title: column.about, onclick: () => this.sortBy(column) },
        column.heading, column.unit && column.unit !== "1" ? `, ${column.unit}` : "",
        make("span", { class: "v-sort", "aria-hidden": "true" }, sorted ? (this.sorting!.descending ? " ▼" : " ▲") : ""),
        make("small", {}, column.name));
      titles.append(make("th", { scope: "col", class: column.isNumber ? "v-number" : undefined,
        "aria-sort": sorted ? (this.sorting!.descending ? "descending" : "ascending") : "none" }, button));
      filters.append(make("td", {}, this.filterOf(column)));
    }
    this.head.replaceChildren(titles, filters);
  }

  private filterOf(column: Column): HTMLElement {
    const label = say("viewer.table.filter_by", { column: column.heading });
    const value = this.chosen.get(column.name) ?? "";
    const listen = (event: Event): void => {
      const text = (event.target as HTMLInputElement | HTMLSelectElement).value;
      if (text === "") this.chosen.delete(column.name);
      else this.chosen.set(column.name, text);
      this.select();
    };
    if (column.isNumber || column.distinct.length > fewValues)
      return make("input", { type: "text", value, "aria-label": label, oninput: listen,
        placeholder: column.isNumber ? say("viewer.table.number_hint") : say("viewer.table.text_hint") });
    const select = make("select", { "aria-label": label, onchange: listen }, make("option", { value: "" }, "–"));
    for (const text of [...column.distinct].sort())
      select.append(make("option", { value: `=${text}`, selected: value === `=${text}` },
        shortened(codeWord(column.name, text), 60)));
    return select;
  }

  private sortBy(column: Column): void {
    this.sorting = { column, descending: this.sorting?.column === column ? !this.sorting.descending : false };
    this.drawHead();
    this.select();
    const position = this.columns.indexOf(column);
    (this.head.rows[0]?.cells[position]?.firstElementChild as HTMLElement | null)?.focus();
  }

  private select(): void {
    const tests = [...this.chosen].map(([name, wish]) => matcher(this.table.column(name)!, wish));
    const rows: number[] = [];
    for (let row = 0; row < this.table.rows; row++) if (tests.every((test) => test(row))) rows.push(row);
    if (this.sorting) {
      const { column, descending } = this.sorting;
      rows.sort((a, b) => (descending ? column.compare(b, a) : column.compare(a, b)) || a - b);
    }
    this.rows = rows;
    const args = { rows: number(rows.length, 0), all: number(this.table.rows, 0) };
    this.counted.textContent = say("viewer.table.count", args) + (this.table.allRows > this.table.rows
      ? " " + say("viewer.table.cut", { all: number(this.table.allRows, 0), file: `tables/${this.table.name}.csv` }) : "");
    this.grid.setAttribute("aria-rowcount", String(rows.length + 2));
    this.scroller.scrollTop = 0;
    this.drawRows(true);
  }

  private drawRows(anew: boolean): void {
    const from = Math.max(0, Math.floor(this.scroller.scrollTop / rowHeight) - 6);
    if (!anew && from === this.drawnFrom) return;
    this.drawnFrom = from;
    const to = Math.min(this.rows.length, from + rowsInView + 14);
    const drawn: Node[] = [this.spacer(from)];
    for (let i = from; i < to; i++) drawn.push(this.rowElement(i));
    drawn.push(this.spacer(this.rows.length - to));
    this.body.replaceChildren(...drawn);
  }

  private spacer(rows: number): HTMLElement {
    const row = make("tr", { class: "v-spacer", "aria-hidden": "true" });
    row.style.height = `${rows * rowHeight}px`;
    return row;
  }

  private rowElement(position: number): HTMLElement {
    const row = this.rows[position]!;
    const element = make("tr", { "aria-rowindex": position + 3 });
    this.columns.forEach((column, i) => {
      const text = shortened(column.shown(row), 400);
      const cell = i === 0 ? make("th", { scope: "row" }) : make("td", { class: column.isNumber ? "v-number" : undefined });
      if (i === 0) {
        cell.append(make("button", { type: "button", class: "v-open", "aria-label": say("viewer.table.open_row",
          { row: shortened(text, 80) }), onclick: () => this.open(row) }, text || "–"));
      } else {
        cell.textContent = text;
        if (text.length > 28) cell.title = text.slice(0, 600);
      }
      element.append(cell);
    });
    element.addEventListener("dblclick", () => this.open(row));
    return element;
  }

  /** All of one row, with what each column means. */
  private open(row: number): void {
    const list = make("dl");
    for (const column of this.columns) {
      const value = column.shown(row);
      const region = column.name === "region_id" && value
        ? make("a", { href: addressOf("region", column.raw(row)) }, value) : (value || say("value.unknown"));
      list.append(make("div", {}, make("dt", {}, column.name, " ", make("small", {}, column.about)), make("dd", {}, region)));
    }
    const close = make("button", { type: "button", onclick: () => { this.details.hidden = true; this.scroller.focus(); } },
      say("viewer.close"));
    this.details.replaceChildren(make("h3", { tabindex: -1 }, say("viewer.table.row_title")), close, list);
    this.details.hidden = false;
    (this.details.firstElementChild as HTMLElement).focus();
    this.details.scrollIntoView({ block: "nearest" });
  }

  /** A plain table of the first rows stands in while the page prints: a window on many rows would print as many pages. */
  print(): void {
    const rows = this.rows.slice(0, this.rowsPrinted);
    const grid = make("table", { class: "v-printed" }, make("caption", {}, make("span", {}, this.table.title)),
      make("thead", {}, make("tr", {}, ...this.columns.map((column) => make("th", { scope: "col" }, column.heading)))));
    const body = make("tbody");
    for (const row of rows)
      body.append(make("tr", {}, ...this.columns.map((column) => make("td", { class: column.isNumber ? "v-number" : undefined }, shortened(column.shown(row), 300)))));
    grid.append(body);
    const note = rows.length < this.rows.length
      ? make("p", { class: "note v-printed" }, say("viewer.table.printed",
        { rows: number(rows.length, 0), all: number(this.rows.length, 0), file: `tables/${this.table.name}.csv` })) : null;
    this.scroller.hidden = true;
    this.scroller.after(grid, ...(note ? [note] : []));
  }
  afterPrint(): void {
    this.element.querySelectorAll(".v-printed").forEach((element) => element.remove());
    this.scroller.hidden = false;
  }
}
