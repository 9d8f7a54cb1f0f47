// The viewer's own parts without a browser: bundled for node, then asked.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { deflateRawSync } from "node:zlib";

const source = process.env.VEREDA_VIEWER_SOURCE;
const esbuild = createRequire(join(source, "package.json"))("esbuild");
const folder = mkdtempSync(join(tmpdir(), "viewer-units-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const entry = ["words", "tables", "filter", "payload", "shapes", "address", "choices"]
  .map((name) => `export * as ${name} from "./${name}.ts";`).join("\n");
await esbuild.build({ stdin: { contents: `${entry}\nexport { roundBreaks } from "./map/themes.ts";`, resolveDir: join(source, "src"), loader: "ts" },
  bundle: true, format: "esm", platform: "node", outfile: join(folder, "units.mjs"), logLevel: "error" });
const { words, tables, filter, payload, shapes, address, choices, roundBreaks } = await import(join(folder, "units.mjs"));

const column = (name, type, values, unit = "", decimals = -1) => ({ name, type, unit, decimals, about: ["of it", "de ello"], values });
const packed = {
  edition: "internal", study: "s", languages: ["en", "es"], titles: { tenure: { en: "Land tenure", es: "Tenencia" } }, years: [2020],
  crops: ["coca"], tables: [{ name: "t", title: ["T.", "Te."], about: ["", ""], all_rows: 4, rows: 4, columns: [
    column("region_id", "text", [{ texts: ["R2", "R10"], rows: [0, 1, 0, -1] }]),
    column("area_ha", "real", [{ numbers: [3.5, null, 1234.5678, 0] }], "ha", 4),
    column("note", "text", [{ texts: ["=1+1", 'a "b", c', "-"], rows: [0, 1, -1, 2] }, { texts: ["uno"], rows: [0, 0, 0, 0] }]),
    column("value", "real", [{ numbers: [1e-7, 12345678901234567890, 0.1, -0.5] }]),
  ] }],
  words: { en: { "crop.coca": "coca", "date.long": "{day} {month} {year}", "month.may": "May", rows: "{rows} {rows|row|rows} of {all}" },
    es: { "crop.coca": "coca", "date.long": "{day} de {month} de {year}", "month.may": "mayo" } },
};
const use = (language) => { words.useWords(packed, language); tables.useTables(packed.tables); };
use("en");

test("numbers are written as the static page writes them, in both languages", () => {
  const cases = [[1234.5, 1, "1,234.5", "1.234,5"], [-0.04, 1, "0.0", "0,0"], [-1234567, 0, "−1,234,567", "−1.234.567"],
    [0.5, 0, "0", "0"], [1.5, 0, "2", "2"], [2.5, 0, "2", "2"], [0.125, 2, "0.12", "0,12"], [1.005, 2, "1.00", "1,00"], [NaN, 1, "—", "—"]];
  for (const [value, decimals, en, es] of cases) {
    use("en");
    assert.equal(words.number(value, decimals), en);
    use("es");
    assert.equal(words.number(value, decimals), es);
  }
  use("en");
  assert.equal(words.plain(1500.4), "1,500");
  assert.equal(words.plain(12.5), "12.5");
  assert.equal(words.plain(100), "100");
  assert.equal(words.plain(0.0304), "0.03");
  assert.equal(words.hectares(12.34, 10, 14.96), "12.3\u00a0ha\u00a0(10.0–15.0)");
  assert.equal(words.percent(0.6694), "66.9\u00a0%");
  assert.equal(words.longDate("2019-05-03"), "3 May 2019");
  use("es");
  assert.equal(words.longDate("2019-05-03"), "3 de mayo de 2019");
  assert.equal(words.longDate("2019-Q3"), "2019-Q3");
  use("en");
});

test("what a reader writes above a column selects by number, range and part of the text", () => {
  const of = tables.table("t");
  const rows = (name, wish) => [0, 1, 2, 3].filter(filter.matcher(of.column(name), wish));
  assert.deepEqual(rows("area_ha", "> 1"), [0, 2]);
  assert.deepEqual(rows("area_ha", "0..3.5"), [0, 3]);
  assert.deepEqual(rows("area_ha", "1,234.5678"), [2]);
  assert.deepEqual(rows("area_ha", "<=0"), [3]);
  assert.deepEqual(rows("area_ha", "nonsense"), []);
  assert.deepEqual(rows("region_id", "r1"), [1]);
  assert.deepEqual(rows("region_id", "=R2"), [0, 2]);
  assert.deepEqual(rows("region_id", "="), [3]);
  assert.equal(filter.readNumber("1.234,5", "es"), 1234.5);
  assert.equal(filter.readNumber("1,234.5", "en"), 1234.5);
  assert.ok(Number.isNaN(filter.readNumber("", "en")));
});

test("sorting knows numbers in texts and puts the unknown last", () => {
  const of = tables.table("t");
  const order = (name) => [0, 1, 2, 3].sort((a, b) => of.column(name).compare(a, b) || a - b);
  assert.deepEqual(order("region_id"), [0, 2, 1, 3]);
  assert.deepEqual(order("area_ha"), [3, 0, 2, 1]);
});

test("the CSV is that of the program: quotes, decimals, shortest digits, no formula", () => {
  assert.equal(tables.csvOf(tables.table("t"), [0, 1, 2, 3]), "region_id,area_ha,note,value\r\n" +
    "R2,3.5000,'=1+1,1e-07\r\n" + 'R10,,"a ""b"", c",1.2345678901234567e+19\r\n' + "R2,1234.5678,,0.1\r\n" + ",0.0000,'-,-0.5\r\n");
  use("es");
  assert.equal(tables.table("t").raw("note", 1), "uno");
  assert.equal(tables.table("t").title, "Te");
  use("en");
});

test("rows are found by the values of an address", () => {
  const of = tables.table("t");
  assert.deepEqual(of.where({ region_id: "R2" }), [0, 2]);
  assert.deepEqual(of.where({ region_id: "R2", area_ha: "3.5" }), [0]);
  assert.deepEqual(of.where({ region_id: "" }), [3]);
  assert.deepEqual(of.where({ unheard_of: "x" }).length, 4);
});

test("words that depend on a number take its form", () => {
  use("en");
  assert.equal(words.say("rows", { rows: "1", all: "9" }), "1 row of 9");
  assert.equal(words.say("rows", { rows: "21", all: "99" }), "21 rows of 99");
  assert.equal(words.say("rows", { all: "99" }), "{rows} {rows|row|rows} of 99");
});

test("an address says its page, what of, and the filter; anchors of the static page lead to the same pages", () => {
  const made = address.addressOf("table", "plot area/ñ", { region_id: "R&1=", year: "2019" });
  assert.deepEqual(address.parseAddress(made), { page: "table", of: "plot area/ñ", filter: { region_id: "R&1=", year: "2019" } });
  assert.equal(address.parseAddress("#en-plots").page, "plots");
  assert.equal(address.parseAddress("#es-small_plots").page, "small_plots");
  assert.equal(address.parseAddress("").page, "");
  assert.equal(address.parseAddress("#/region/%").of, "%");
});

test("shapes are read as the format says, by hand", () => {
  // Two features: a square of 20 steps; a polygon with a hole, counted on from the last vertex.
  const bytes = Uint8Array.from([1, 1, 4, 0, 0, 0, 40, 40, 0, 0, 39, 1, 2, 3, 39, 0, 200, 1, 0, 0, 200, 1, 3, 39, 39, 10, 0, 0, 9]);
  const read = shapes.polygonsOf(bytes, { at: 0, n: 2 });
  assert.deepEqual([...read.places.slice(0, 8)], [0, 0, 0, 20, 20, 20, 20, 0]);
  assert.deepEqual([...read.places.slice(8, 14)], [0, 0, 100, 0, 100, 100]);
  assert.deepEqual([...read.places.slice(14)], [80, 80, 85, 80, 85, 75]);
  assert.deepEqual([...read.boxes.slice(0, 4)], [0, 0, 20, 20]);
  assert.ok(shapes.holds(read, 0, 10, 10));
  assert.ok(!shapes.holds(read, 0, 21, 10));
  assert.ok(shapes.holds(read, 1, 90, 20));
  assert.ok(!shapes.holds(read, 1, 84, 79.5));
  assert.equal(shapes.featureAt(read, 10, 5), 1);
  assert.equal(shapes.featureAt(read, 5, 10), 0);
  assert.equal(shapes.featureAt(read, -3, 10), -1);
  assert.equal(shapes.featureAt(read, -3, 10, 6), 0);
  assert.throws(() => shapes.polygonsOf(bytes.slice(0, 5), { at: 0, n: 1 }), RangeError);
  const points = shapes.pointsOf(Uint8Array.from([9, 20, 11, 30]), { at: 1, n: 1 });
  assert.deepEqual([...points], [10, -6]);
});

test("packed bytes come out the same by the browser's inflater and by the one that comes along", async () => {
  const bytes = new Uint8Array(70_000).map((_, i) => (i * i) % 251);
  const text = deflateRawSync(bytes).toString("base64");
  assert.deepEqual(await payload.inflated(payload.bytesOfBase64(text)), bytes);
  const own = globalThis.DecompressionStream;
  globalThis.DecompressionStream = undefined;
  assert.deepEqual(await payload.inflated(payload.bytesOfBase64(text)), bytes);
  globalThis.DecompressionStream = class { constructor() { throw new TypeError("unsupported"); } };
  assert.deepEqual(await payload.inflated(payload.bytesOfBase64(text)), bytes);
  globalThis.DecompressionStream = own;
});

test("bounds of a colour scale are round, rise, and lie within the values", () => {
  const bounds = roundBreaks(Array.from({ length: 100 }, (_, i) => 0.37 * (i + 1)));
  assert.deepEqual(bounds, [...bounds].sort((a, b) => a - b));
  assert.equal(new Set(bounds).size, bounds.length);
  assert.ok(bounds.length >= 3 && bounds.every((bound) => bound <= 37 && /^[12357]0*$|^0?\.0*[12357]$/.test(String(bound))));
  assert.deepEqual(roundBreaks([]), [1]);
});

test("listeners hear of what changed, and only then", () => {
  const heard = [];
  const stop = choices.onChoice((changed) => heard.push([...changed]));
  choices.choose({ year: 2019 });
  choices.choose({ year: 2019 });
  choices.choose({ year: 2020, region: "R1" });
  stop();
  choices.choose({ year: 2021 });
  assert.deepEqual(heard, [["year"], ["year", "region"]]);
});
