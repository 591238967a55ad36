import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { bundle, BUDGET_BYTES } from "../build.mjs";

const read = (path) => readFile(new URL(path, import.meta.url));

test("dist_is_what_the_sources_give", async () => {
  assert.ok((await bundle()).equals(await read("../dist/widget.js")), "run `npm run build`");
});

test("the_bundle_keeps_its_budget", async () => {
  const gzip = gzipSync(await read("../dist/widget.js"), { level: 9 }).length;
  assert.ok(gzip < BUDGET_BYTES, `${gzip} bytes`);
});

test("the_bundle_has_no_markup_in_strings_no_cookie_and_no_lasting_storage", async () => {
  const script = (await read("../dist/widget.js")).toString();
  for (const forbidden of ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", ".cookie", "localStorage", "indexedDB", ".style."]) {
    assert.ok(!script.includes(forbidden), forbidden);
  }
});

test("the_lock_file_names_no_registry_of_one_developer", async () => {
  const hosts = (await read("../package-lock.json")).toString().match(/https?:\/\/[^/"]+/g) ?? [];
  assert.deepEqual(hosts.filter((host) => host !== "https://registry.npmjs.org"), []);
});
