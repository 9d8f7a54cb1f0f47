// What comes out of the printer: how many sides, and that nothing hangs over the edge of the paper.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { go, launch, open, pages, routes, settled } from "./browser.mjs";

const sample = join(pages, "sample.html");
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const sides = (pdf) => (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;

test("a region's page prints on two sides in both languages", async () => {
  for (const language of ["en", "es"]) {
    const { page, close } = await open(browser, sample, { language });
    for (const region of ["V01", "V05", "V12", "V28"]) {
      await go(page, `#/region/${region}`);
      await settled(page);
      assert.equal(sides(await page.pdf({ preferCSSPageSize: true })), 2, `${language} ${region}`);
    }
    await close();
  }
});

test("a long table prints its first rows and says so, on few sides", async () => {
  const { page, close } = await open(browser, sample, { route: "#/table/coverage" });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.ok(sides(pdf) <= 12, `${sides(pdf)} sides`);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.evaluate(() => document.querySelectorAll("table.v-printed tbody tr").length) === 200);
  assert.match(await page.evaluate(() => document.querySelector("p.v-printed").textContent), /first 200 of .* rows/);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.evaluate(() => document.querySelectorAll(".v-printed").length), 0);
  await close();
});

test("every page prints on a sensible number of sides, and nothing is wider than the paper", async () => {
  // A4 less its margins is 180 mm wide: 680 CSS pixels.
  const { page, complaints, close } = await open(browser, sample, { width: 680, height: 960, language: "es" });
  for (const route of routes) {
    await go(page, route);
    await settled(page);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.ok(sides(pdf) >= 1 && sides(pdf) <= (route === "#/all" ? 60 : 16), `${route}: ${sides(pdf)} sides`);
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print" });
    const cut = await page.evaluate(() => [...document.querySelectorAll("main section:not([hidden]) *")].filter((element) => {
      const { right, width, height } = element.getBoundingClientRect();
      return width > 0 && height > 0 && right > 682 && !element.closest("svg, .vh, .switch") && getComputedStyle(element).clipPath === "none";
    }).slice(0, 3).map((element) => `${element.tagName}.${element.className} ${Math.round(element.getBoundingClientRect().right)} ${element.textContent.slice(0, 40)}`));
    assert.deepEqual(cut, [], route);
    await page.emulateMedia({ media: "screen" });
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  }
  assert.deepEqual(complaints, []);
  await close();
});
