// Texts of the inputs that would act where they are shown: they stay text, wherever the viewer puts them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { go, launch, open, pages, settled, until } from "./browser.mjs";

const hostile = join(pages, "hostile.html");
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const elements = (page) => page.evaluate(() => ({
  scripts: document.querySelectorAll("script").length,
  images: document.querySelectorAll("img").length,
  handlers: [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).length,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
}));

test("markup, quotes, right-to-left marks and 10,000 characters stay text on every page", async () => {
  const { page, complaints, close } = await open(browser, hostile);
  for (const route of ["#/", "#/map", "#/plots", "#/forest", "#/reach", "#/readiness", "#/small_plots", "#/welfare", "#/regions",
    "#/region/V05", "#/tables", "#/table/plot_area", "#/table/welfare", "#/table/loss", "#/table/diagnostics"]) {
    await go(page, route);
    await settled(page);
    const found = await elements(page);
    assert.deepEqual({ ...found, wide: undefined }, { scripts: 4, images: 0, handlers: 0, wide: undefined }, route);
    assert.ok(found.wide <= 0, `${route} is ${found.wide} px too wide`);
    assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(await page.evaluate(() => document.body.innerText)), route);
  }
  assert.deepEqual(complaints, []);
  await close();
});

test("pointing at and clicking on hostile names shows them as text", async () => {
  const { page, complaints, close } = await open(browser, hostile, { route: "#/map" });
  await settled(page);
  const box = await page.evaluate(() => { document.querySelector(".v-map").scrollIntoView({ block: "center" }); const r = document.querySelector(".v-map").getBoundingClientRect(); return [r.left, r.top, r.width, r.height]; });
  await page.mouse.move(box[0] + box[2] * 0.5, box[1] + box[3] * 0.5);
  await page.mouse.click(box[0] + box[2] * 0.5, box[1] + box[3] * 0.5);
  await until(page, () => document.querySelector(".v-details").textContent !== "", "details");
  assert.match(await page.evaluate(() => document.querySelector(".v-details").textContent), /<script>alert/);
  assert.equal((await elements(page)).scripts, 4);
  assert.deepEqual(complaints, []);
  await close();
});

test("a downloaded table of hostile texts holds no formula", async () => {
  const { page, close } = await open(browser, hostile, { route: "#/table/diagnostics" });
  const [download] = await Promise.all([page.waitForEvent("download"), page.evaluate(() =>
    [...document.querySelectorAll(".v-tools button")].find((b) => /CSV/.test(b.textContent)).click())]);
  const text = readFileSync(await download.path(), "utf8");
  assert.ok(text.length > 10_000);
  assert.ok(!/(^|,|\n)"?[=+@]/.test(text));
  await close();
});
