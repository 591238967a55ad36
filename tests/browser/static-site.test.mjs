// The plain pages of `auskunft export --static`, opened from the folder as from a stick: axe finds nothing, links lead
// on, and nothing is asked of any server.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { findsNothing, startBrowser } from "./browser.mjs";
import { BINARY, ROOT } from "./program.mjs";

let browser;
let folder;
let page;
const asked = [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "auskunft-static-"));
  const { TELOXIDE_TOKEN, ...environment } = process.env;
  const env = { ...environment, AUSKUNFT_DATA: join(folder, "no-data") };
  await promisify(execFile)(BINARY, ["export", "--static", join(folder, "pages")], { cwd: ROOT, env });
  browser = await startBrowser();
  page = await browser.newPage();
  page.on("request", (request) => asked.push(request.url()));
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const opens = (path) => page.goto(pathToFileURL(join(folder, "pages", path)).href);

for (const [state, path, language] of [
  ["static start page", "index.html", "de"],
  ["static service", "leistungen/kfz-umschreibung.html", "de"],
  ["static service", "ar/leistungen/kfz-umschreibung.html", "ar"],
  ["static service", "de-simple/leistungen/personalausweis.html", "de-simple"],
  ["static questions", "fragen.html", "de"],
  ["static places", "orte.html", "de"],
  ["static places", "tr/orte.html", "tr"],
]) {
  test(`axe finds nothing: ${path}`, async () => {
    await opens(path);
    await findsNothing(page, { part: "pages", state, language });
  });
}

test("a person finds the way from the start to a service, to its language and back", async () => {
  await opens("index.html");
  await page.getByRole("link", { name: "Fahrzeug abmelden" }).click();
  assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /Fahrzeug abmelden/);
  await page.getByRole("link", { name: "English" }).click();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.match(page.url(), /en\/leistungen\/kfz-abmeldung\.html$/);
  await page.getByRole("link", { name: "Start page" }).click();
  assert.match(page.url(), /en\/index\.html$/);
  assert.match(await page.locator("footer").innerText(), /This page is as of/);
});

test("nothing is asked of any server", () => {
  assert.ok(asked.length > 10);
  assert.deepEqual(asked.filter((address) => !address.startsWith("file:") && !address.startsWith("data:")), []);
});
