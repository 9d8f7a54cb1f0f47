// Whole pages as a reader uses them: each question, the year, layers, tables, files, both languages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { go, launch, mapHash, open, pages, routes, say, settled, until } from "./browser.mjs";

const sample = join(pages, "sample.html");
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const visible = (page, selector) => page.evaluate((wanted) =>
  [...document.querySelectorAll(wanted)].filter((element) => element.getClientRects().length > 0).length, selector);
const count = (page) => page.evaluate(() => document.querySelector(".v-count").textContent);

test("every page opens in both languages with a heading, its map painted, without complaint or network", async () => {
  const { page, complaints, close } = await open(browser, sample);
  for (const language of ["en", "es"]) {
    await say(page, language);
    for (const route of routes) {
      await go(page, route);
      const title = await page.evaluate(() => [...document.querySelectorAll("h2")].find((h) => h.getClientRects().length > 0)?.textContent);
      assert.ok(title && title.length > 2, `${language} ${route} has a heading`);
      const words = await page.evaluate(() => document.body.innerText);
      assert.ok(!/viewer\.|code\.\w|undefined|NaN|\[object/.test(words), `${language} ${route} says words: ${/.{30}(viewer\.|code\.\w|undefined|NaN|\[object).{20}/.exec(words)?.[0]}`);
      if (await visible(page, ".v-map") > 0) {
        const painted = await page.evaluate(() => {
          const canvas = document.querySelector(".v-canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return new Set(Array.from({ length: data.length / 400 }, (_, i) => data[i * 400] * 65536 + data[i * 400 + 1] * 256 + data[i * 400 + 2])).size;
        });
        assert.ok(painted > 3, `${route} paints its map`);
      }
    }
  }
  assert.deepEqual(complaints, []);
  await close();
});

test("questions open with their answer, and each of them has evidence and a table", async () => {
  const { page, close } = await open(browser, sample);
  for (const topic of ["plots", "forest", "reach", "readiness", "small_plots", "welfare"]) {
    await go(page, `#/${topic}`);
    const order = await page.evaluate(() => {
      const top = (selector) => [...document.querySelectorAll(selector)].find((e) => e.getClientRects().length > 0)?.getBoundingClientRect().top;
      return [top("main section:not([hidden]) .answer"), top(".v-chart"), top(".v-grid")];
    });
    assert.ok(order.every((top) => top !== undefined), `${topic} has an answer, a chart and a table: ${order}`);
    assert.ok(order[0] < order[1] && order[1] < order[2], `${topic} gives its answer first`);
  }
  await close();
});

test("the slider changes the year of map, legend and charts, by keyboard too", async () => {
  const { page, close } = await open(browser, sample, { route: "#/plots" });
  await settled(page);
  const before = await mapHash(page);
  const lit = () => page.evaluate(() => [...document.querySelectorAll(".v-chart svg g rect, .v-chart svg a rect")].map((r) => r.getAttribute("fill-opacity")).indexOf("1"));
  const bar = await lit();
  await page.focus("#v-year");
  await page.keyboard.press("ArrowLeft");
  await settled(page);
  assert.equal(await page.evaluate(() => document.querySelector(".v-year output").textContent), "2020");
  assert.equal(await page.evaluate(() => document.querySelector("#v-year").getAttribute("aria-valuetext")), "2020");
  assert.notEqual(await mapHash(page), before);
  assert.equal(await lit(), bar - 1);
  await page.keyboard.press("Home");
  await settled(page);
  assert.equal(await page.evaluate(() => document.querySelector(".v-year output").textContent), "2016");
  await close();
});

test("each layer draws something and stands in the legend while it is on", async () => {
  const { page, complaints, close } = await open(browser, sample, { route: "#/map" });
  const boxes = await page.evaluate(() => document.querySelectorAll(".v-overlays input").length);
  assert.ok(boxes >= 4, `${boxes} layers`);
  await page.evaluate(() => { document.querySelector("#v-year").value = "4"; document.querySelector("#v-year").dispatchEvent(new Event("input", { bubbles: true })); });
  for (let i = 0; i < boxes; i++) {
    await settled(page);
    const before = await mapHash(page);
    const legend = await page.evaluate(() => document.querySelector(".v-legend").textContent);
    await page.evaluate((n) => document.querySelectorAll(".v-overlays input")[n].click(), i);
    await settled(page);
    const name = await page.evaluate((n) => document.querySelectorAll(".v-overlays label")[n].textContent, i);
    assert.notEqual(await mapHash(page), before, `${name} changes the map`);
    assert.notEqual(await page.evaluate(() => document.querySelector(".v-legend").textContent), legend, `${name} changes the legend`);
  }
  assert.deepEqual(complaints, []);
  await close();
});

test("the regions' colours follow the choice, and the legend with them", async () => {
  const { page, close } = await open(browser, sample, { route: "#/map" });
  const themes = await page.evaluate(() => [...document.querySelector(".v-controls select").options].map((o) => o.value));
  assert.ok(themes.length >= 4, themes.join());
  const seen = new Set();
  for (const theme of themes) {
    await page.evaluate((value) => {
      const select = document.querySelector(".v-controls select");
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }, theme);
    await settled(page);
    seen.add(await page.evaluate(() => document.querySelector(".v-legend").textContent));
  }
  assert.equal(seen.size, themes.length);
  await close();
});

test("pointing tells the region, clicking shows its details and leads to its rows and its page", async () => {
  const { page, complaints, close } = await open(browser, sample, { route: "#/map" });
  await page.evaluate(() => document.querySelectorAll(".v-overlays input:checked").forEach((box) => box.click()));
  await settled(page);
  const box = await page.evaluate(() => { const r = document.querySelector(".v-map").getBoundingClientRect(); return [r.left, r.top, r.width, r.height]; });
  await page.mouse.move(box[0] + box[2] / 2, box[1] + box[3] / 2);
  await settled(page);
  const tip = await page.evaluate(() => document.querySelector(".v-tip").textContent);
  assert.ok(tip.length > 3, tip);
  await page.mouse.click(box[0] + box[2] / 2, box[1] + box[3] / 2);
  await until(page, () => document.querySelector(".v-card") !== null, "details");
  const name = await page.evaluate(() => document.querySelector(".v-card .v-title").textContent);
  assert.ok(tip.startsWith(name));
  await page.evaluate(() => document.querySelector(".v-card a").click());
  await settled(page);
  assert.match(await page.evaluate(() => location.hash), /^#\/table\/readiness\?region_id=V\d\d$/);
  assert.match(await count(page), /^1 of \d+ rows/);
  await page.evaluate(() => history.back());
  await settled(page);
  assert.deepEqual(complaints, []);
  await close();
});

test("the map moves and zooms by keyboard and by its buttons", async () => {
  const { page, close } = await open(browser, sample, { route: "#/map" });
  await settled(page);
  let last = await mapHash(page);
  for (const key of ["ArrowRight", "ArrowUp", "+", "-"]) {
    await page.focus(".v-map");
    await page.keyboard.press(key);
    await new Promise((done) => setTimeout(done, 700));
    const now = await mapHash(page);
    assert.notEqual(now, last, key);
    last = now;
  }
  await page.click(".v-map .ol-zoom-in");
  await new Promise((done) => setTimeout(done, 700));
  assert.notEqual(await mapHash(page), last);
  await close();
});

test("a table sorts both ways, filters, and downloads what it shows", async () => {
  const { page, close } = await open(browser, sample, { route: "#/table/plot_area" });
  const cells = (n) => page.evaluate((i) => [...document.querySelectorAll(".v-grid tbody tr:not(.v-spacer)")].map((row) => row.cells[i].textContent), n);
  const heads = await page.evaluate(() => [...document.querySelectorAll(".v-grid thead small")].map((small) => small.textContent));
  const area = heads.indexOf("area_ha");
  const press = () => page.evaluate((n) => document.querySelectorAll(".v-grid thead button")[n].click(), area);
  const sorted = () => page.evaluate((n) => document.querySelectorAll(".v-grid thead th")[n].getAttribute("aria-sort"), area);
  const numbers = async () => (await cells(area)).filter((text) => text !== "").map((text) => Number(text.replace(/,/g, "")));
  await press();
  assert.equal(await sorted(), "ascending");
  const up = await numbers();
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  await press();
  assert.equal(await sorted(), "descending");
  const down = await numbers();
  assert.deepEqual(down, [...down].sort((a, b) => b - a));
  assert.ok(down[0] > up[0]);

  const all = await count(page);
  await page.fill(`.v-filters td:nth-child(${heads.indexOf("year") + 1}) :is(input,select)`, "2019");
  assert.notEqual(await count(page), all);
  assert.ok((await cells(heads.indexOf("year"))).every((year) => year === "2019"));
  const [download] = await Promise.all([page.waitForEvent("download"), page.evaluate(() =>
    [...document.querySelectorAll(".v-tools button")].find((b) => /CSV/.test(b.textContent)).click())]);
  assert.equal(download.suggestedFilename(), "plot_area.csv");
  const text = readFileSync(await download.path(), "utf8");
  const lines = text.trimEnd().split("\r\n");
  assert.ok(lines[0].startsWith("region_id,region_name,year,crop,plots,area_ha"));
  assert.equal(lines.length - 1, Number(/^(\d+)/.exec(await count(page))[1]));
  assert.ok(lines.slice(1).every((line) => line.includes(",2019,")));
  await close();
});

test("only the rows in view are in the page, and scrolling brings the others", async () => {
  const { page, close } = await open(browser, sample, { route: "#/table/coverage" });
  const drawn = () => page.evaluate(() => document.querySelectorAll(".v-grid tbody tr:not(.v-spacer)").length);
  const first = () => page.evaluate(() => Number(document.querySelector(".v-grid tbody tr:not(.v-spacer)").getAttribute("aria-rowindex")));
  const rows = await page.evaluate(() => Number(document.querySelector(".v-grid").getAttribute("aria-rowcount")) - 2);
  assert.ok(rows > 100 && await drawn() < 60, `${await drawn()} of ${rows}`);
  const start = await first();
  await page.evaluate(() => { const s = document.querySelector(".v-scroll"); s.scrollTop = s.scrollHeight; });
  await settled(page);
  assert.ok(await first() > start);
  const last = await page.evaluate(() => Number([...document.querySelectorAll(".v-grid tbody tr:not(.v-spacer)")].at(-1).getAttribute("aria-rowindex")));
  assert.equal(last, rows + 2);
  await close();
});

test("numbers of answers, static tables and charts lead to rows that exist", async () => {
  const { page, close } = await open(browser, sample, { route: "#/plots" });
  const links = await page.evaluate(() => [...document.querySelectorAll("main section:not([hidden]) :is(a.v-num, a.v-source), .v-chart svg a")]
    .filter((a) => a.getClientRects().length > 0).map((a) => a.getAttribute("href") ?? a.getAttributeNS("http://www.w3.org/1999/xlink", "href")));
  assert.ok(links.length > 20, `${links.length} links`);
  assert.ok(links.some((link) => link.startsWith("#/region/")), "region names lead to their pages");
  for (const link of new Set(links.filter((link, i) => link.startsWith("#/table/") && i % 7 === 0))) {
    await go(page, link);
    assert.match(await count(page), /^[1-9]/, link);
  }
  await close();
});

test("the note on welfare leads to welfare, its hectares to crop area", async () => {
  const { page, close } = await open(browser, sample, { route: "#/plots" });
  const links = await page.evaluate(() => [...document.querySelectorAll("main section:not([hidden]) .beside a.v-num")]
    .filter((a) => a.getClientRects().length > 0).map((a) => [a.textContent, a.getAttribute("href")]));
  const [hectares, counts] = [/^#\/table\/plot_area/, /^#\/table\/welfare/].map((to) => links.filter(([, href]) => to.test(href)));
  assert.equal(hectares.length, 3, `an area and its interval: ${JSON.stringify(links)}`);
  assert.equal(counts.length, 4, `regions, worse, better, the rest: ${JSON.stringify(links)}`);
  await close();
});

test("the language switch changes words, numbers and dates of what is open, and keeps the place", async () => {
  const { page, close } = await open(browser, sample, { route: "#/table/plot_area?year=2019" });
  const english = await page.evaluate(() => document.querySelector("main:not([hidden]) .v-grid tbody").innerText);
  assert.match(english, /\d\.\d/);
  await say(page, "es");
  await settled(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "es");
  assert.match(await page.evaluate(() => document.querySelector(".v-grid tbody").innerText), /\d,\d/);
  assert.match(await count(page), /filas$/);
  assert.equal(await page.evaluate(() => location.hash), "#/table/plot_area?year=2019");
  await go(page, "#/readiness");
  assert.match(await page.evaluate(() => document.querySelector(".v-nav").innerText), /Preparación/);
  await close();
});

test("a page opened in a browser without its own inflater still comes to life", async () => {
  const { page, complaints, close } = await open(browser, sample, { before: () => { delete globalThis.DecompressionStream; } });
  assert.ok(await visible(page, ".v-map") > 0);
  assert.deepEqual(complaints, []);
  await close();
});

test("without a script the page shows every section, table and drawing, and nothing of the viewer", async () => {
  const { page, complaints, close } = await open(browser, sample, { script: false });
  const shown = await page.locator("main section:visible").count();
  assert.ok(shown >= 8, `${shown} sections`);
  assert.ok(await page.locator("svg.drawing:visible").count() >= 1);
  assert.ok(await page.locator("table:visible").count() >= 5);
  assert.equal(await page.locator(".v-nav").count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});

test("the public edition has its map and its tables and no plot, layer or household", async () => {
  const { page, complaints, close } = await open(browser, join(pages, "public.html"));
  for (const route of ["#/", "#/map", "#/regions", "#/tables", "#/all"]) {
    await go(page, route);
    assert.equal(await visible(page, ".v-overlays input"), 0);
  }
  await go(page, "#/map");
  assert.ok(await visible(page, ".v-map") > 0);
  assert.ok(!/household_id|plot_id|hogar H/.test(await page.evaluate(() => document.body.innerText)));
  assert.deepEqual(complaints, []);
  await close();
});

test("a phone's width needs no sideways scrolling of the page", async () => {
  const { page, close } = await open(browser, sample, { width: 360, height: 740, language: "es" });
  for (const route of routes) {
    await go(page, route);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${route} is ${over} px too wide`);
  }
  await close();
});
