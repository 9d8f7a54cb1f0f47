/** The run's tables as the page carries them: typed columns, rows by number. */
import type { PackedColumn, PackedTable, PackedValues } from "./payload.ts";
import { shortened } from "./elements.ts";
import { codeWord, fixed, hectareDecimals, languagePosition, longDate, number, percent, plain } from "./words.ts";

export type Filter = Record<string, string>;

export class Column {
  constructor(private readonly packed: PackedColumn) {}
  get name(): string { return this.packed.name; }
  get unit(): string { return this.packed.unit; }
  get about(): string { return this.packed.about[languagePosition()] ?? ""; }
  /** The meaning's first words as a heading; the name where the meaning begins with one of the codes. */
  get heading(): string {
    const start = this.about.split(/[,;:(.]/)[0]!.trim();
    return start === "" || this.distinct.includes(start) ? this.name.replace(/_/g, " ") : shortened(start, 48);
  }
  get isNumber(): boolean { return this.packed.values[0]?.numbers !== undefined; }
  get isDate(): boolean { return this.packed.type === "date"; }

  private get values(): PackedValues {
    return this.packed.values[languagePosition()] ?? this.packed.values[0]!;
  }
  number(row: number): number | null {
    return this.values.numbers?.[row] ?? null;
  }
  /** As the CSV has it, without neutralising; empty for unknown. */
  raw(row: number): string {
    const { numbers, texts, rows } = this.values;
    if (!numbers) return texts?.[rows?.[row] ?? -1] ?? "";
    const value = numbers[row];
    if (value == null) return "";
    return this.packed.decimals >= 0 && this.packed.type === "real"
      ? fixed(value, this.packed.decimals).replace(/^-(?=[0.]*$)/, "") : shortest(value);
  }
  /** As people read it in the shown language. */
  shown(row: number): string {
    if (!this.isNumber) {
      const text = this.raw(row);
      return this.isDate ? longDate(text) : codeWord(this.name, text);
    }
    const value = this.number(row);
    if (value === null) return "";
    if (/(^|_)year$|_number$|^order$|^line$/.test(this.name)) return String(value);
    if (this.unit === "1" && /share|rate/.test(this.name)) return percent(value);
    if (this.unit === "ha") return number(value, hectareDecimals(value));
    if (this.packed.type === "integer") return number(value, 0);
    return this.unit === "1" ? number(value, 2) : plain(value);
  }
  /** The distinct texts, for choosing among few. */
  get distinct(): string[] { return this.values.texts ?? []; }
  compare(a: number, b: number): number {
    if (this.isNumber) {
      const x = this.number(a);
      const y = this.number(b);
      if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
      return x - y;
    }
    const { texts, rows } = this.values;
    const x = rows?.[a] ?? -1;
    const y = rows?.[b] ?? -1;
    if (x === y) return 0;
    if (x < 0 || y < 0) return x < 0 ? 1 : -1;
    return collator.compare(texts![x]!, texts![y]!);
  }
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** The digits that {fmt} and thereby the CSV files write. */
export function shortest(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < 1e16)) return String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

export class Table {
  readonly columns: Column[];
  private readonly byName = new Map<string, Column>();
  constructor(private readonly packed: PackedTable) {
    this.columns = packed.columns.map((column) => new Column(column));
    for (const column of this.columns) this.byName.set(column.name, column);
  }
  get name(): string { return this.packed.name; }
  get title(): string { return (this.packed.title[languagePosition()] ?? this.packed.name).replace(/\.$/, ""); }
  get about(): string { return this.packed.about[languagePosition()] ?? ""; }
  get rows(): number { return this.packed.rows; }
  get allRows(): number { return this.packed.all_rows; }
  column(name: string): Column | undefined { return this.byName.get(name); }
  number(name: string, row: number): number | null { return this.byName.get(name)?.number(row) ?? null; }
  raw(name: string, row: number): string { return this.byName.get(name)?.raw(row) ?? ""; }
  shown(name: string, row: number): string { return this.byName.get(name)?.shown(row) ?? ""; }

  /** Rows whose columns hold these very values (as the CSV has them); columns that are not there are ignored. */
  where(filter: Filter): number[] {
    const wanted = Object.entries(filter).flatMap(([name, value]) => {
      const column = this.byName.get(name);
      return column ? [{ column, value, number: column.isNumber ? Number(value) : null }] : [];
    });
    const rows: number[] = [];
    for (let row = 0; row < this.rows; row++) {
      if (wanted.every((w) => w.number !== null ? w.column.number(row) === w.number : w.column.raw(row) === w.value))
        rows.push(row);
    }
    return rows;
  }
}

let tables = new Map<string, Table>();

export function useTables(packed: PackedTable[]): void {
  tables = new Map(packed.map((table) => [table.name, new Table(table)]));
}
export function allTables(): Table[] {
  return [...tables.values()];
}
export function table(name: string): Table | undefined {
  return tables.get(name);
}

/** RFC 4180, as report/csv.cpp writes it: CR LF, quotes where needed, no text that a spreadsheet takes for a formula. */
export function csvOf(of: Table, rows: readonly number[]): string {
  const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const lines = [of.columns.map((column) => column.name).join(",")];
  for (const row of rows) {
    lines.push(of.columns.map((column) => {
      const text = column.raw(row);
      return column.isNumber || column.isDate ? text : field(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
    }).join(","));
  }
  return lines.join("\r\n") + "\r\n";
}
