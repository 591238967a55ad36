// axe finds nothing: the widget in each of its states and languages, and every page, light and dark.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findsNothing, startBrowser, withPage, WORDS } from "./browser.mjs";
import { announce } from "./notice.mjs";
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

const LIST = "was brauche ich um mein auto umzumelden";

/** Pages that are read and not asked. */
const PAGES = {
  "all services": "/leistungen",
  "a service": "/leistungen/kfz-neuzulassung",
  "opening hours": "/leistungen/oeffnungszeiten",
  privacy: "/datenschutz",
  accessibility: "/barrierefreiheit",
  "an address that leads nowhere": "/das-gibt-es-nicht",
};

/** The panel beside the page and not above it, and so high that nothing is scrolled away: axe cannot judge what is covered. */
const BESIDE = { width: 1900, height: 8000 };

/** A visitor of the sample page whose every look at the widget is judged. */
const widget = (name, options, scenario) =>
  test(name, () =>
    withPage(browser, program, { viewport: BESIDE, ...options }, async (world) => {
      const { page, ui } = world;
      await page.goto(`${program.origin}/`);
      await ui.launcher.waitFor();
      await ui.host.evaluate((host) => host.style.setProperty("--auskunft-height", "490em"));
      const finds = (state, language) => findsNothing(page, { part: "widget", state, language });
      await scenario({ ...world, finds });
    }),
  );

/** Everything between the greeting and a desk that cannot be reached. */
async function walk({ visitor, ui, finds }, where = "") {
  await ui.opens();
  await finds(`open${where}`);
  await ui.input.pressSequentially("führersch");
  await ui.suggestions.waitFor();
  await ui.input.press("ArrowDown");
  await finds(`suggestions while typing${where}`);
  await ui.input.press("Escape");
  const answer = await ui.asks(LIST);
  await answer.getByRole("button", { name: "Nein", exact: true }).click();
  await answer.getByRole("button", { name: "Unvollständig" }).click();
  await answer.getByRole("textbox", { name: "Anmerkung" }).fill("Was ist eine eVB?");
  await finds(`a verdict with its reason and a comment${where}`);
  await visitor.setOffline(true);
  await ui.input.fill("und was kostet das");
  await ui.input.press("Enter");
  await ui.retry.waitFor();
  await finds(`offline${where}`);
}

for (const colorScheme of ["light", "dark"]) {
  widget(`the_widget_closed_open_and_with_each_block_in_${colorScheme}`, { colorScheme }, async ({ ui, finds }) => {
    await finds("closed");
    await ui.opens();
    for (const [block, [question, place]] of Object.entries(BLOCKS)) {
      await ui.startsAnew();
      const answer = await ui.asks(question);
      assert.equal(await answer.locator(place).first().isVisible(), true, `no ${block}: ${await answer.innerText()}`);
      await finds(block);
    }
    await ui.startsAnew();
    await ui.asks("jagdschein");
    await ui.asks("das zweite");
    await finds("settled choices");
    await ui.startsAnew();
    await ui.asks(LIST);
    await ui.taps("Meine eigene Liste");
    await finds("a question about the situation");
  });

  widget(`the_widget_while_typing_judged_and_offline_in_${colorScheme}`, { colorScheme }, (world) => walk(world));

  // A telephone held by somebody with a very long screen: above the page, and nothing scrolled away.
  widget(`the_widget_at_320_px_in_${colorScheme}`, { colorScheme, viewport: { width: 320, height: 4800 } }, (world) => walk(world, " at 320 px"));

  test(`the_chat_page_empty_and_with_each_block_in_${colorScheme}`, () =>
    withPage(browser, program, { colorScheme }, async ({ page }) => {
      const finds = (state) => findsNothing(page, { part: "chat", state });
      const asks = async (question) => {
        await page.goto(`${program.origin}/chat`);
        await page.getByRole("textbox").fill(question);
        await page.getByRole("button", { name: "Frage senden" }).click();
        await page.waitForURL("**/chat#answer");
      };
      await page.goto(`${program.origin}/chat`);
      await finds("empty");
      for (const [block, [question, place]] of Object.entries(BLOCKS)) {
        await asks(question);
        const shown = page.locator("#answer").locator(place).first();
        assert.equal(await shown.isVisible(), true, `no ${block}: ${await page.locator("#answer").innerText()}`);
        await finds(block);
      }
      await asks("  ");
      await finds("a mistake");
      await asks(BLOCKS.checklist[0]);
      await page.getByRole("button", { name: "Druckansicht" }).click();
      await page.waitForURL("**/chat/druckansicht");
      await finds("print view");
      await page.getByRole("button", { name: "Zurück zum Gespräch" }).click();
      await page.getByRole("button", { name: "Nein", exact: true }).click();
      await page.waitForURL("**/chat/rueckmeldung");
      await finds("a verdict");
      await page.getByRole("button", { name: "Unvollständig" }).click();
      await page.locator("[aria-pressed]").waitFor();
      await finds("a verdict with its reason");
    }));

  test(`every_other_page_in_${colorScheme}`, () =>
    withPage(browser, program, { colorScheme }, async ({ page }) => {
      for (const [state, path] of Object.entries(PAGES)) {
        await page.goto(program.origin + path);
        await findsNothing(page, { part: "pages", state });
      }
    }));
}

for (const language of Object.keys(WORDS)) {
  widget(`the_widget_with_a_list_in_${language}`, {}, async ({ ui, finds }) => {
    await ui.host.evaluate((host, lang) => host.setAttribute("lang", lang), language);
    await ui.opens();
    await finds("open", language);
    // The first thing each language suggests.
    const answer = await ui.answerTo(() => ui.replies.first().getByRole("button").first().click());
    assert.equal(await answer.locator(".checklist").isVisible(), true, await answer.innerText());
    await finds("checklist", language);
  });

  test(`every_page_in_${language}`, () =>
    withPage(browser, program, {}, async ({ page }) => {
      const visits = async (part, state, path) => {
        await page.goto(`${program.origin}${path}?lang=${language}`);
        await findsNothing(page, { part, state, language });
      };
      await visits("chat", "empty", "/chat");
      for (const [state, path] of Object.entries(PAGES)) await visits("pages", state, path);
    }));
}

test("the_chat_page_leads_to_every_language", () =>
  withPage(browser, program, {}, async ({ page }) => {
    await page.goto(`${program.origin}/chat`);
    const links = page.getByRole("navigation").getByRole("link");
    assert.deepEqual((await links.evaluateAll((all) => all.map((link) => link.hreflang))).sort(), Object.keys(WORDS).sort());
  }));
