// axe-core on every page, in both languages, wide and narrow; and a walk by keyboard alone.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { axeSource, go, launch, open, pages, routes, settled } from "./browser.mjs";

const sample = join(pages, "sample.html");
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function violations(page) {
  return page.evaluate(async () => {
    // What is not shown costs axe most of its time and is no part of the page that a reader meets.
    const unseen = [...document.querySelectorAll(".page, section, svg.shapes")].filter((element) => element.getClientRects().length === 0);
    const { violations } = await globalThis.axe.run({ include: document, exclude: unseen }, { resultTypes: ["violations"] });
    return violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")} (${v.nodes.length})`);
  });
}

const onPhone = ["#/", "#/plots", "#/reach", "#/region/V05", "#/table/plot_area"];

for (const [width, language, shown] of [[1280, "en", routes], [360, "es", onPhone]]) {
  test(`axe finds nothing on ${shown.length} pages, ${width} px wide, ${language}`, async () => {
    const { page, close } = await open(browser, sample, { width, language });
    await page.evaluate(axeSource);
    const found = {};
    for (const route of shown) {
      await go(page, route);
      await settled(page);
      const here = await violations(page);
      if (here.length > 0) found[route] = here;
    }
    assert.deepEqual(found, {});
    await close();
  });
}

test("axe finds nothing on the public edition", async () => {
  const { page, close } = await open(browser, join(pages, "public.html"));
  await page.evaluate(axeSource);
  for (const route of ["#/", "#/map", "#/tables"]) {
    await go(page, route);
    assert.deepEqual(await violations(page), [], route);
  }
  await close();
});

test("by keyboard alone a reader gets from the top to a question, the year, the map and a row of its table", async () => {
  const { page, close } = await open(browser, sample);
  const focused = () => page.evaluate(() => {
    const e = document.activeElement;
    return `${e.tagName}.${e.className} ${e.id} ${e.getAttribute("href") ?? ""}`;
  });
  const tabTo = async (wanted, most = 80) => {
    for (let i = 0; i < most; i++) {
      await page.keyboard.press("Tab");
      if (wanted.test(await focused())) return;
    }
    assert.fail(`${wanted} is not reached by Tab; the last was ${await focused()}`);
  };
  await tabTo(/#\/plots/);
  await page.keyboard.press("Enter");
  await settled(page);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.page), "plots");
  assert.match(await focused(), /^H2/);
  await tabTo(/v-year/);
  await tabTo(/v-map/);
  await tabTo(/v-open/, 120);
  await page.keyboard.press("Enter");
  await settled(page);
  assert.ok(await page.evaluate(() => document.querySelector(".v-row-details").getClientRects().length > 0));
  await close();
});
