// Times of the pages given: from the address to a painted map, and from a click on + to the last frame of its zoom.
import { statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { launch, open, until } from "../../tests/viewer/browser.mjs";

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const openings = Number(process.env.VEREDA_OPENINGS ?? 5);
const browser = await launch();

const drawn = () => document.querySelector(".v-canvas")?.dataset.drawn !== undefined;

async function zoomStep(page, button) {
  return page.evaluate((selector) => new Promise((done) => {
    const canvas = document.querySelector(".v-canvas");
    const start = performance.now();
    let seen = canvas.dataset.drawn;
    let last = start;
    document.querySelector(selector).click();
    const look = () => {
      const now = performance.now();
      if (canvas.dataset.drawn !== seen) {
        seen = canvas.dataset.drawn;
        last = now;
      }
      if (now - start < 1500) requestAnimationFrame(look);
      else done(last - start);
    };
    requestAnimationFrame(look);
  }), button);
}

console.log("page\tbytes\tms to a painted map\tms per zoom step (median, worst of 6)\tMB of heap");
for (const file of process.argv.slice(2)) {
  const times = [];
  const steps = [];
  let heap = 0;
  for (let i = 0; i < openings; i++) {
    const { page, close } = await open(browser, file, { script: true, before: undefined, route: "#/map" });
    await page.goto("about:blank");
    const start = Date.now();
    await page.goto(`${pathToFileURL(file).href}#/map`);
    await until(page, drawn, "the map is painted");
    times.push(Date.now() - start);
    if (i === 0) {
      for (const button of [".ol-zoom-in", ".ol-zoom-in", ".ol-zoom-in", ".ol-zoom-out", ".ol-zoom-out", ".ol-zoom-out"])
        steps.push(await zoomStep(page, button));
      heap = await page.evaluate(() => (performance.memory?.usedJSHeapSize ?? 0) / 1e6);
    }
    await close();
  }
  console.log([file.split("/").slice(-2).join("/"), statSync(file).size, median(times), `${Math.round(median(steps))}, ${Math.round(Math.max(...steps))}`,
    Math.round(heap)].join("\t"));
}
await browser.close();
