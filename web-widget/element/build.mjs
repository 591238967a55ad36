// Builds dist/widget.js, the one file a website loads.
//
//   node build.mjs           write dist/widget.js
//   node build.mjs --check   fail if dist/widget.js is not what the sources give
//   node build.mjs --size    fail if it is larger than the budget
//
// dist/ is committed so that `cargo build` never needs npm; --check keeps it honest.

import { readFile, writeFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { minify } from "terser";
import { packedWords } from "./pack-words.mjs";

export const BUDGET_BYTES = 20_000;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const OUTPUT = here("dist/widget.js");

/** Style sheets travel as strings, because only `adoptedStyleSheets` survives a strict CSP. */
const minifiedCssAsText = {
  name: "minified-css-as-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const { code } = await esbuild.transform(source, { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

export async function bundle() {
  const result = await esbuild.build({
    absWorkingDir: here("."),
    entryPoints: ["src/index.ts"],
    bundle: true,
    minify: true,
    write: false,
    // A classic script and not a module: only there `document.currentScript`
    // says where the script came from, and with it where the desk stands.
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    plugins: [minifiedCssAsText, packedWords],
  });
  // esbuild writes quickly, terser tightly: two hundredths less, which is room for a feature. No function of ours is
  // called with `new` or a `this` of its own, so all of them may be arrows.
  const { code } = await minify(result.outputFiles[0].text, { ecma: 2022, compress: { ecma: 2022, passes: 3, unsafe_arrows: true }, format: { ecma: 2022 } });
  return Buffer.from(code);
}

async function main(task) {
  if (task === "--check") {
    const [fresh, committed] = await Promise.all([bundle(), readFile(OUTPUT)]);
    if (!fresh.equals(committed)) throw new Error("dist/widget.js is stale: run `npm run build`");
    return;
  }
  if (task === "--size") {
    const committed = await readFile(OUTPUT);
    const gzip = gzipSync(committed, { level: 9 }).length;
    console.log(`dist/widget.js: ${committed.length} bytes, ${gzip} gzip, budget ${BUDGET_BYTES}`);
    if (gzip >= BUDGET_BYTES) throw new Error("dist/widget.js is over its budget");
    return;
  }
  await mkdir(here("dist"), { recursive: true });
  await writeFile(OUTPUT, await bundle());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]);
