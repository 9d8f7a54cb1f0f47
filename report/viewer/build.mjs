// Bundles src/main.ts into OUTPUT/viewer.js and src/viewer.css into OUTPUT/viewer.css. Usage: node build.mjs OUTPUT
import { build } from "esbuild";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
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

const result = await build({
  entryPoints: { viewer: "src/main.ts" },
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  write: false,
  outdir: "out",
  logLevel: "warning",
  plugins: [plotWithoutStyleElement],
});

await mkdir(output, { recursive: true });
for (const file of result.outputFiles) {
  const name = file.path.endsWith(".css") ? "viewer.css" : "viewer.js";
  if (/<\/(script|style)|<!--/i.test(file.text)) throw new Error(`${name} would end its element in the page`);
  await writeFile(join(output, `${name}.part`), file.text);
  await rename(join(output, `${name}.part`), join(output, name));
}
