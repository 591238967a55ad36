// axe finds nothing: the widget closed, open and with each block, and every page, light and dark.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startBrowser, violations, withPage } from "./browser.mjs";
import { Program } from "./program.mjs";

let program;
let browser;
before(async () => {
  program = await Program.start(announce);
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

/** A notice for one service that is valid while this test runs, so that answers exist with and without it. */
async function announce(config) {
  const day = 24 * 60 * 60 * 1000;
  const around = (days) => new Date(Date.now() + days * day).toISOString().slice(0, 16);
  const notice = `id = "browser-test"
severity = "warning"
valid_from = "${around(-2)}"
valid_until = "${around(2)}"
scope = { everything = false, offices = [], services = ["wunschkennzeichen"] }
text.de = "**Die Reservierung ist gestört.** Bitte rufen Sie an: 02921 30-0."
`;
  await writeFile(join(config, "notices/browser-test.toml"), notice);
}

/** A question for each block, and where the block then stands. */
const BLOCKS = {
  text: ["fuehrerscheinumtausch frist", ".text li"],
  checklist: ["was brauche ich um mein auto umzumelden", ".checklist li"],
  "hours of a day": ["habt ihr samstag offen", ".hours .day"],
  "hours of the week": ["öffnungszeiten", ".hours dl"],
  "appointment online": ["termin zulassungsstelle auto ummelden", ".appointment a"],
  "appointment otherwise": ["termin elterngeld", ".appointment strong"],
  contact: ["wo gibt es die beste pizza", ".contact dl"],
  choices: ["jagdschein", ".block.choices button"],
  notice: ["was kostet ein wunschkennzeichen", ".notice.warning"],
  emergency: ["hilfe es brennt", ".text strong"],
};

for (const colorScheme of ["light", "dark"]) {
  // The panel beside the page and not above it, and so high that nothing is scrolled away: axe cannot judge what is covered.
  test(`the_widget_closed_open_and_with_each_block_in_${colorScheme}`, () =>
    withPage(browser, program, { colorScheme, viewport: { width: 1900, height: 4800 } }, async ({ page, ui }) => {
      await page.goto(`${program.origin}/`);
      await ui.launcher.waitFor();
      assert.deepEqual(await violations(page), [], "closed");
      await ui.host.evaluate((host) => host.style.setProperty("--auskunft-height", "290em"));
      await ui.opens();
      assert.deepEqual(await violations(page), [], "open");
      for (const [block, [question, place]] of Object.entries(BLOCKS)) {
        await ui.startsAnew();
        const answer = await ui.asks(question);
        assert.equal(await answer.locator(place).first().isVisible(), true, `no ${block}: ${await answer.innerText()}`);
        assert.deepEqual(await violations(page), [], block);
      }
      await ui.startsAnew();
      await ui.asks("jagdschein");
      await ui.asks("das zweite");
      assert.deepEqual(await violations(page), [], "settled choices");
      await ui.startsAnew();
      await ui.asks("was brauche ich um mein auto umzumelden");
      await ui.taps("Meine eigene Liste");
      assert.deepEqual(await violations(page), [], "a question about the situation");
    }));

  test(`the_chat_page_empty_and_with_each_block_in_${colorScheme}`, () =>
    withPage(browser, program, { colorScheme }, async ({ page }) => {
      const asks = async (question) => {
        await page.goto(`${program.origin}/chat`);
        await page.getByRole("textbox").fill(question);
        await page.getByRole("button", { name: "Frage senden" }).click();
        await page.waitForURL("**/chat#answer");
      };
      await page.goto(`${program.origin}/chat`);
      assert.deepEqual(await violations(page), [], "empty");
      for (const [block, [question, place]] of Object.entries(BLOCKS)) {
        await asks(question);
        const shown = page.locator("#answer").locator(place).first();
        assert.equal(await shown.isVisible(), true, `no ${block}: ${await page.locator("#answer").innerText()}`);
        assert.deepEqual(await violations(page), [], block);
      }
      await asks("  ");
      assert.deepEqual(await violations(page), [], "a mistake");
    }));

  test(`every_other_page_in_${colorScheme}`, () =>
    withPage(browser, program, { colorScheme }, async ({ page }) => {
      for (const path of ["/leistungen", "/leistungen/kfz-neuzulassung", "/leistungen/oeffnungszeiten", "/datenschutz", "/barrierefreiheit", "/das-gibt-es-nicht"]) {
        await page.goto(program.origin + path);
        assert.deepEqual(await violations(page), [], path);
      }
    }));
}

test("every_language_of_the_chat_page", () =>
  withPage(browser, program, {}, async ({ page }) => {
    await page.goto(`${program.origin}/chat`);
    const links = await page.getByRole("navigation").getByRole("link").evaluateAll((all) => all.map((link) => link.href));
    assert.ok(links.length >= 9);
    for (const link of links) {
      for (const address of ["/chat", "/leistungen", "/leistungen/fuehrerschein-umtausch", "/datenschutz", "/barrierefreiheit"].map((path) => link.replace("/chat", path))) {
        await page.goto(address);
        assert.deepEqual(await violations(page), [], address);
      }
    }
  }));
