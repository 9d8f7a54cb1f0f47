// What the pages look like, beside pictures that somebody has looked at: tests/viewer/looks/NAME.png, a quarter of the
// size. With VEREDA_UPDATE_LOOKS=1 the pictures are written anew (then look at them). Where the machine has other fonts
// than those of the pictures, lines break elsewhere and nothing can be compared: that is said, and nothing fails.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { go, launch, open, pages, settled } from "./browser.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "looks");
const update = process.env.VEREDA_UPDATE_LOOKS === "1";
const block = 8;          // pixels of the reduced picture
const differs = 16;       // of 255, in the mean of a block
const mostDiffering = 0.02;

let browser;
let desk;
before(async () => {
  browser = await launch();
  desk = await (await browser.newContext()).newPage();
});
after(() => browser.close());

const fonts = () => desk.evaluate(() => {
  const pen = document.createElement("canvas").getContext("2d");
  return ["serif", "sans-serif", "monospace"].map((family) => {
    pen.font = `40px ${family}`;
    return `${family} ${pen.measureText("Qué pasó con cada parcela 0123456789").width.toFixed(1)}`;
  }).join("\n");
});

const reduced = (shot) => desk.evaluate(async (base64) => {
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width / 4);
  canvas.height = Math.round(image.height / 4);
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").split(",")[1];
}, shot.toString("base64"));

/** The share of blocks whose mean colour differs; 1 where the sizes do. */
const difference = (one, other, sizes) => desk.evaluate(async ([first, second, { block, differs }]) => {
  const pixels = async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, image.width, image.height);
  };
  const [a, b] = [await pixels(first), await pixels(second)];
  if (a.width !== b.width || a.height !== b.height) return 1;
  const mean = ({ data, width, height }, x, y, channel) => {
    let sum = 0;
    let count = 0;
    for (let v = y; v < Math.min(y + block, height); v++)
      for (let u = x; u < Math.min(x + block, width); u++, count++) sum += data[4 * (v * width + u) + channel];
    return sum / count;
  };
  let all = 0;
  let far = 0;
  for (let y = 0; y < a.height; y += block)
    for (let x = 0; x < a.width; x += block, all++)
      if ([0, 1, 2].some((channel) => Math.abs(mean(a, x, y, channel) - mean(b, x, y, channel)) > differs)) far++;
  return far / all;
}, [one, other, sizes]);

const shown = [
  ["answers", "sample.html", "#/", 1280, "en"],
  ["map", "sample.html", "#/map", 1280, "en"],
  ["plots", "sample.html", "#/plots", 1280, "es"],
  ["displacement", "sample.html", "#/displacement", 1280, "en"],
  ["reach", "sample.html", "#/reach", 1280, "es"],
  ["readiness", "sample.html", "#/readiness", 1280, "es"],
  ["region", "sample.html", "#/region/V05", 1280, "es"],
  ["table", "sample.html", "#/table/plot_area", 1280, "en"],
  ["answers-phone", "sample.html", "#/", 360, "es"],
  ["plots-phone", "sample.html", "#/plots", 360, "es"],
  ["region-phone", "sample.html", "#/region/V05", 360, "es"],
  ["public", "public.html", "#/", 1280, "es"],
  ["no-script", "sample.html", "", 1280, "en"],
];

test("the pages look as they did when somebody last looked", async (context) => {
  const here = await fonts();
  if (update) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "fonts.txt"), `${here}\n`);
  } else if (readFileSync(join(folder, "fonts.txt"), "utf8").trim() !== here) {
    context.skip("this machine's fonts are not those of the pictures");
    return;
  }
  const wrong = {};
  for (const [name, file, route, width, language] of shown) {
    const { page, close } = await open(browser, join(pages, file), { width, language, script: name !== "no-script" });
    if (route) await go(page, route);
    if (name !== "no-script") await settled(page);
    const now = await reduced(await page.screenshot({ animations: "disabled", caret: "hide" }));
    await close();
    const kept = join(folder, `${name}.png`);
    if (update) {
      writeFileSync(kept, Buffer.from(now, "base64"));
      continue;
    }
    assert.ok(existsSync(kept), `${kept} is missing: VEREDA_UPDATE_LOOKS=1 writes it`);
    const share = await difference(now, readFileSync(kept).toString("base64"), { block, differs });
    if (share > mostDiffering) wrong[name] = `${(100 * share).toFixed(1)} % of the picture`;
  }
  assert.deepEqual(wrong, {}, "what changed; after looking, VEREDA_UPDATE_LOOKS=1 keeps the new pictures");
});

test("the comparison sees a panel that moved and one that lost its colour", async () => {
  const { page, close } = await open(browser, join(pages, "sample.html"), { route: "#/plots" });
  await settled(page);
  const as_is = await reduced(await page.screenshot());
  const after_change = async (change) => {
    await page.evaluate(change);
    await settled(page);
    return difference(as_is, await reduced(await page.screenshot()), { block, differs });
  };
  assert.ok(await difference(as_is, as_is, { block, differs }) === 0);
  assert.ok(await after_change(() => { document.querySelector(".v-map").style.filter = "invert(1)"; }) > mostDiffering);
  assert.ok(await after_change(() => {
    document.querySelector(".v-map").style.filter = "";
    document.querySelector("main").style.paddingTop = "40px";
  }) > mostDiffering);
  await close();
});
