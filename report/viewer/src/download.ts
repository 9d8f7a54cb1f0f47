/** Files made in the browser from what the page carries; nothing leaves the machine. */
import { make } from "./elements.ts";
import { csvOf, type Table } from "./tables.ts";

export function downloadCsv(table: Table, rows: readonly number[]): void {
  const address = URL.createObjectURL(new Blob([csvOf(table, rows)], { type: "text/csv;charset=utf-8" }));
  const link = make("a", { href: address, download: `${table.name}.csv` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
