// The report of sample_data/valle: its size, and that its pages give the very tables that lie beside it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { go, launch, open, pages, settled } from "./browser.mjs";

const folder = join(pages, "valle");
const report = join(folder, "report-internal.html");
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

test("the report is under 3 MB", () => {
  const { size } = statSync(report);
  assert.ok(size < 3_000_000, `${size} bytes`);
});

test("each table downloads as the file that lies beside the report", async () => {
  const { page, complaints, close } = await open(browser, report, { language: "en" });
  for (const file of readdirSync(join(folder, "tables")).filter((name) => name.endsWith(".csv"))) {
    await go(page, `#/table/${file.replace(".csv", "")}`);
    // A click of the mouse: of clicks that no person made, Chromium holds every eleventh download back.
    const [download] = await Promise.all([
      page.waitForEvent("download"), page.locator(".v-tools button", { hasText: "CSV" }).click()]);
    const own = readFileSync(await download.path(), "utf8");
    const beside = readFileSync(join(folder, "tables", file), "utf8");
    if (own !== beside) {
      const lines = own.split("\r\n");
      const wrong = beside.split("\r\n").findIndex((line, i) => line !== lines[i]);
      assert.fail(`${file}, line ${wrong + 1}: ${lines[wrong]} instead of ${beside.split("\r\n")[wrong]}`);
    }
  }
  assert.deepEqual(complaints, []);
  await close();
});

test("every question of the study opens in Spanish with its map, charts and tables, without complaint", async () => {
  const { page, complaints, close } = await open(browser, report, { language: "es" });
  for (const topic of ["plots", "forest", "displacement", "reach", "readiness", "order", "small_plots", "welfare"]) {
    await go(page, `#/${topic}`);
    await settled(page);
    const found = await page.evaluate(() => [document.querySelectorAll(".v-live .v-chart svg").length, document.querySelectorAll(".v-live .v-grid").length]);
    assert.ok(found[0] > 0 && found[1] > 0, `${topic}: ${found}`);
  }
  assert.deepEqual(complaints, []);
  await close();
});
