/** What a reader writes above a column, as a test of its rows. */
import type { Column } from "./tables.ts";
import { shownLanguage } from "./words.ts";

/** "1.234,5" in Spanish and "1,234.5" in English; NaN for anything that is no number. */
export function readNumber(text: string, language: string = shownLanguage()): number {
  const plain = text.trim().replace(/\u2212/g, "-").replace(/[\u00a0\s]/g, "");
  if (plain === "") return NaN;
  return Number(language === "es" ? plain.replace(/\./g, "").replace(",", ".") : plain.replace(/,/g, ""));
}

function numberTest(wish: string): ((value: number) => boolean) | undefined {
  const range = /^(.+?)\s*(?:\.\.|…)\s*(.+)$/.exec(wish);
  if (range) {
    const [lo, hi] = [readNumber(range[1]!), readNumber(range[2]!)];
    return Number.isNaN(lo) || Number.isNaN(hi) ? undefined : (value) => value >= lo && value <= hi;
  }
  const compared = /^(>=|<=|≥|≤|>|<|=)?\s*(.+)$/.exec(wish);
  const bound = readNumber(compared?.[2] ?? "");
  if (Number.isNaN(bound)) return undefined;
  switch (compared?.[1]) {
    case ">": return (value) => value > bound;
    case "<": return (value) => value < bound;
    case ">=": case "≥": return (value) => value >= bound;
    case "<=": case "≤": return (value) => value <= bound;
    default: return (value) => value === bound;
  }
}

/** Numbers: "12", ">12", "<=3", "5..10". Texts: "=exactly this", or a part of what is shown or stored. */
export function matcher(column: Column, wish: string): (row: number) => boolean {
  const text = wish.trim();
  if (column.isNumber) {
    const test = numberTest(text);
    if (!test) return () => text === "";
    return (row) => {
      const value = column.number(row);
      return value !== null && test(value);
    };
  }
  if (text.startsWith("=")) return (row) => column.raw(row) === text.slice(1);
  const wanted = text.toLocaleLowerCase();
  return (row) => column.raw(row).toLocaleLowerCase().includes(wanted)
    || column.shown(row).toLocaleLowerCase().includes(wanted);
}
