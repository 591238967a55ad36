// The widget on a website of somebody else: allowed or not, under a strict policy, in another language.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eventually, startBrowser, Town, withPage } from "./browser.mjs";
import { proving } from "./evidence.mjs";
import { Program } from "./program.mjs";

let town;
let stranger;
let program;
let browser;
before(async () => {
  town = await new Town().start();
  stranger = await new Town().start();
  program = await Program.start((config) => allow(config, town.origin));
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await program?.stop();
  await town?.stop();
  await stranger?.stop();
});

async function allow(config, origin) {
  const file = join(config, "auskunft.toml");
  const settings = await readFile(file, "utf8");
  const commented = '# allowed_origins = ["*"]';
  assert.ok(settings.includes(commented), "auskunft.toml shows the default of allowed_origins");
  await writeFile(file, settings.replace(commented, `allowed_origins = ["${origin}"]`));
}

const visitor = (name, scenario, { proves = [], ...options } = {}) =>
  test(name, proving(proves, () => withPage(browser, program, { neighbours: [town.origin, stranger.origin], ...options }, scenario)));

visitor("an_allowed_site_with_the_strictest_policy_has_everything", async ({ page, ui }) => {
  const desk = program.origin;
  const policy = `default-src 'none'; img-src data:; script-src ${desk}; connect-src ${desk}; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'`;
  await page.goto(town.publish("/", desk, { policy }));
  await ui.opens();
  const list = await ui.asks("was brauche ich um mein auto umzumelden");
  assert.equal(await list.locator(".checklist").isVisible(), true);
  assert.equal(await (await ui.asks("habt ihr samstag offen")).locator(".hours").isVisible(), true);
  // Its style sheets were not refused either.
  assert.equal(await ui.panel.evaluate((panel) => getComputedStyle(panel).position), "fixed");
});

visitor("a_site_that_is_not_allowed_is_refused_and_the_visitor_told", async ({ page, ui }) => {
  await page.goto(stranger.publish("/", program.origin));
  await ui.launcher.click();
  await eventually(async () => /nicht zu erreichen/.test(await ui.alert.innerText()), "a sentence for the visitor");
  // The town's own link is the way out.
  assert.equal(await page.getByRole("link", { name: "FAQ" }).isVisible(), true);
  await ui.input.fill("Was kostet das?");
  await ui.input.press("Enter");
  await eventually(async () => /Ihr Text bleibt/.test(await ui.alert.innerText()), "the question was not sent");
  assert.equal(await ui.input.inputValue(), "Was kostet das?");
});

visitor("an_english_page_has_english_labels_and_german_texts_are_marked", async ({ page, ui }) => {
  await page.goto(town.publish("/en", program.origin, { lang: "en" }));
  await ui.opens();
  assert.match(await ui.panel.innerText(), /Automatic assistant/);
  assert.equal(await ui.panel.getByRole("combobox", { name: "Your question" }).isVisible(), true);
  assert.match(await ui.replies.first().innerText(), /automated assistant/);

  const spoken = (locator) => locator.evaluate((node) => node.closest("[lang]").lang);
  const answer = await ui.asks("parental allowance appointment");
  assert.equal(await spoken(answer), "en");
  assert.equal(await spoken(answer.getByText("available in German only")), "en");
  for (const german of [/Für den Antrag brauchen Sie/, /Dafür müssen Sie nicht vorbeikommen/]) {
    assert.equal(await spoken(answer.getByText(german)), "de", String(german));
  }
  const list = (await ui.taps("What do I need to bring?")).locator(".checklist");
  assert.equal(await spoken(list.getByRole("listitem").first()), "de");
  assert.equal(await spoken(list.getByRole("button", { name: "Print" })), "de");
  assert.equal(await spoken(list.getByText("Print", { exact: true })), "en");
}, { proves: ["3.1.2"], locale: "en-GB" });

for (const question of ["What do I need to transfer car ownership?", "By when do I have to exchange my old driving licence?", "Are you open on Saturday?", "How do I book an appointment?"]) {
  visitor(`the_desk_can_answer_what_it_suggests: ${question}`, async ({ page, ui }) => {
    await page.goto(town.publish("/en", program.origin, { lang: "en" }));
    await ui.opens();
    const answer = await ui.taps(question);
    assert.equal(await answer.getAttribute("data-kind"), "answer", await answer.innerText());
  }, { locale: "en-GB" });
}
