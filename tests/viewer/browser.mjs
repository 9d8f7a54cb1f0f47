// A headless Chromium without GPU or WebGL that opens a page from the disk and keeps what it complained about.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const fromViewer = createRequire(join(process.env.VEREDA_VIEWER_SOURCE, "package.json"));
const { chromium } = fromViewer("playwright-core");
export const axeSource = (await import("node:fs")).readFileSync(fromViewer.resolve("axe-core/axe.min.js"), "utf8");

export const pages = process.env.VEREDA_PAGES;

export async function launch() {
  return chromium.launch({
    executablePath: process.env.VEREDA_CHROMIUM,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

// `complaints`: errors of the console and of scripts, dialogs, requests that are not for the file itself.
export async function open(browser, file, { route = "", width = 1280, height = 900, language = "en", script = true,
  before = undefined } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: script, acceptDownloads: true });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => { if (message.type() === "error") complaints.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
  page.on("request", (request) => {
    const address = request.url();
    if (!/^(file|data|blob):/.test(address)) complaints.push(`request: ${address}`);
  });
  if (before) await page.addInitScript(before);
  await page.goto(pathToFileURL(file).href + route);
  if (script) await ready(page);
  if (language !== "en") await say(page, language);
  return { page, complaints, close: () => context.close() };
}

// The policy forbids eval, which waiting for a function in the page would need: so it is asked again and again.
export async function until(page, question, what, argument = undefined, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    if (await page.evaluate(question, argument)) return;
    await new Promise((done) => setTimeout(done, 40));
  }
  throw new Error(`waited ${seconds} s in vain: ${what}`);
}

export const ready = (page) => until(page, () => document.documentElement.dataset.ready === "yes", "the viewer starts");

export async function say(page, language) {
  await page.evaluate((code) => document.getElementById(`lang-${code}`).click(), language);
}

export async function go(page, route) {
  await page.evaluate((address) => { location.hash = address; }, route);
  await settled(page);
}

export async function settled(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))));
}

// A number that changes with what the map shows.
export const mapHash = (page) => page.evaluate(() => {
  const canvas = document.querySelector(".v-canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let hash = 0;
  for (let i = 0; i < data.length; i += 4) hash = (Math.imul(hash, 31) + data[i] * 65536 + data[i + 1] * 256 + data[i + 2]) | 0;
  return hash;
});

export const routes = ["#/", "#/map", "#/plots", "#/forest", "#/displacement", "#/reach", "#/readiness", "#/order",
  "#/small_plots", "#/welfare", "#/regions", "#/region/V05", "#/tables", "#/table/plot_area", "#/method", "#/record", "#/all"];
