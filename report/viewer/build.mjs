// Bundles src/main.ts into OUTPUT/viewer.js and src/viewer.css into OUTPUT/viewer.css. Usage: node build.mjs OUTPUT
import { build } from "esbuild";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

const output = process.argv[2];
if (!output) {
  console.error("usage: node build.mjs OUTPUT");
  process.exit(2);
}

// Plot writes a style element into each chart, which the page's policy refuses; the same rules stand in viewer.css.
const plotWithoutStyleElement = {
  name: "plot-without-style-element",
  setup(bundle) {
    bundle.onLoad({ filter: /@observablehq[\\/]plot[\\/]src[\\/]plot\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source.replace(/\s*\.call\(\(svg\) =>\s*\/\/ Warning: if you edit this[^]*?`\s*\)\s*\)/, "");
      if (contents === source || contents.includes('svg.append("style")'))
        throw new Error(`${path} no longer writes its style as expected: look at build.mjs`);
      return { contents, loader: "js" };
    });
  },
};

// The notices that the licences of the bundled packages ask to be kept in every copy, so in every report too.
async function notices(inputs) {
  const folders = new Set(inputs.map((path) => path.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean));
  const packagesByText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} has no licence file: its notice cannot be kept`);
    const text = (await readFile(join(folder, file), "utf8")).trim().replaceAll("*/", "* /");
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), `${name} ${version}`]);
  }
  return [...packagesByText].map(([text, packages]) => `${packages.join(", ")}\n\n${text}`).join("\n\n---\n\n");
}

const result = await build({
  entryPoints: { viewer: "src/main.ts" },
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  write: false,
  metafile: true,
  outdir: "out",
  logLevel: "warning",
  plugins: [plotWithoutStyleElement],
});

await mkdir(output, { recursive: true });
const kept = `/*\n${await notices(Object.keys(result.metafile.inputs))}\n*/\n`;
for (const file of result.outputFiles) {
  const name = file.path.endsWith(".css") ? "viewer.css" : "viewer.js";
  const text = name === "viewer.js" ? kept + file.text : file.text;
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error(`${name} would end its element in the page`);
  await writeFile(join(output, `${name}.part`), text);
  await rename(join(output, `${name}.part`), join(output, name));
}
