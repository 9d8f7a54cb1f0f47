// Pages with many plots: how large they get, when plots are put together, and that the page says so.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, open, pages, settled } from "./browser.mjs";

const make = (plots) => {
  execFileSync(process.env.VEREDA_VIEWER_PAGES, [process.env.VEREDA_VIEWER_FOLDER, pages, String(plots)]);
  return join(pages, "plots.html");
};
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const notice = (page) => page.evaluate(() => {
  const element = document.querySelector(".v-notice");
  return element.hidden ? "" : element.textContent;
});

test("25,000 plots take less than 6 MB and are drawn one by one", async () => {
  const file = make(25_000);
  assert.ok(statSync(file).size < 6_000_000, `${statSync(file).size} bytes`);
  const { page, complaints, close } = await open(browser, file, { route: "#/map" });
  await settled(page);
  assert.equal(await notice(page), "");
  assert.deepEqual(complaints, []);
  await close();
});

test("more plots in view are put together in squares, the page says so, and zooming in shows plots again", async () => {
  const { page, complaints, close } = await open(browser, make(40_000), { route: "#/map" });
  await settled(page);
  assert.match(await notice(page), /^40,000 plots are in view/);
  for (let i = 0; i < 4 && await notice(page) !== ""; i++) {
    await page.click(".v-map .ol-zoom-in");
    await new Promise((done) => setTimeout(done, 900));
  }
  assert.equal(await notice(page), "");
  assert.deepEqual(complaints, []);
  await close();
});
