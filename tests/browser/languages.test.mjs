// Another language than the page's, in the widget over the real program.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, startBrowser, withPage } from "./browser.mjs";
import { proving } from "./evidence.mjs";
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

const visitor = (name, criteria, scenario, options = {}) =>
  test(name, proving(criteria, () =>
    withPage(browser, program, options, async (world) => {
      await world.page.goto(`${program.origin}/`);
      await world.ui.opens();
      await scenario(world);
    })),
  );

visitor("the_conversation_goes_on_in_the_language_chosen_in_the_panel", ["3.2.2"], async ({ page, ui }) => {
  await ui.asks("was brauche ich um mein auto umzumelden");
  await ui.language.selectOption("tr");
  // What was said stays as it was said, and the keyboard where it was.
  assert.match(await ui.replies.last().innerText(), /Fahrzeug umschreiben/);
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.localName), "select");
  const answer = await ui.asks("Bu ne kadar tutar?");
  assert.equal(await answer.getAttribute("lang"), "tr");
  assert.match(await answer.innerText(), /\d+,\d\d/);
  await ui.clear.click();
  await eventually(async () => (await ui.questions.count()) === 0 && (await ui.replies.count()) === 1, "only the greeting");
  assert.equal(await ui.replies.first().getAttribute("lang"), "tr");
});

for (const viewport of [{ width: 1280, height: 800 }, { width: 320, height: 640 }]) {
  visitor(`an_arabic_answer_runs_from_the_right_and_the_german_in_it_from_the_left_at_${viewport.width}`, ["3.1.2"], async ({ page, ui }) => {
    await ui.language.selectOption("ar");
    await eventually(async () => (await ui.replies.first().getAttribute("lang")) === "ar", "an Arabic greeting");
    const answer = await ui.answerTo(() => ui.replies.first().getByRole("button").first().click());
    const direction = (locator) => locator.evaluate((node) => getComputedStyle(node).direction);
    assert.equal(await direction(answer.locator(".text p").first()), "rtl");
    const list = answer.locator(".checklist");
    assert.equal(await list.getAttribute("lang"), "de");
    assert.equal(await direction(list), "ltr");

    // Title before the way out, and the question above on the side where its line ends.
    const [title, close, question, panel] = await Promise.all([ui.panel.getByRole("heading", { level: 2 }), ui.close, ui.questions.last(), ui.panel].map((locator) => locator.boundingBox()));
    assert.ok(close.x < title.x + title.width / 2, "the way out is on the left");
    assert.ok(question.x - panel.x < panel.x + panel.width - question.x - question.width, "the question is on the left");
    const tooWide = await ui.panel.evaluate((node) =>
      [...node.querySelectorAll("*:not(.unseen, svg, svg *)")].filter((one) => one.getClientRects().length && (one.getBoundingClientRect().right > innerWidth + 0.5 || one.getBoundingClientRect().left < -0.5)).map((one) => one.className || one.localName),
    );
    assert.deepEqual(tooWide, []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  }, { viewport });
}

/** Whether a number that stands in the text of `block` is drawn as it is dialled. */
const isDialledAsDrawn = (block, number) =>
  block.evaluate((node, number) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { currentNode: text } = walker;
      const at = text.data.replaceAll("\u00a0", " ").indexOf(number);
      if (at < 0) continue;
      const left = (from) => {
        const range = document.createRange();
        range.setStart(text, at + from);
        range.setEnd(text, at + from + 1);
        return range.getBoundingClientRect().left;
      };
      return left(0) < left(number.length - 1);
    }
    throw new Error(`${number} is not in ${node.textContent}`);
  }, number);

visitor("a_telephone_number_in_an_arabic_sentence_is_drawn_as_it_is_dialled", [], async ({ page, ui }) => {
  await ui.language.selectOption("ar");
  await eventually(async () => (await ui.replies.first().getAttribute("lang")) === "ar", "an Arabic greeting");
  const answer = await ui.asks("Wunschkennzeichen");
  assert.equal(await isDialledAsDrawn(answer.locator(".notice"), "02921 30-0"), true, "in the widget");
  await page.goto(`${program.origin}/chat?lang=ar`);
  await page.getByRole("textbox").fill("Wunschkennzeichen");
  await page.locator(".ask button").click();
  assert.equal(await isDialledAsDrawn(page.locator("#answer .notice"), "02921 30-0"), true, "on the chat page");
});

visitor("a_german_name_of_a_telephone_is_marked_as_german_for_an_english_reader", ["3.1.2"], async ({ page, ui }) => {
  /** Where it has been translated there is nothing to mark. */
  const isMarked = async (answer) => {
    await answer.locator(".contact").first().waitFor();
    for (const name of await answer.getByText("Zentrale der Kreisverwaltung").all()) {
      assert.equal(await name.evaluate((node) => node.closest("[lang]").lang), "de", page.url());
    }
  };
  await ui.language.selectOption("en");
  await eventually(async () => (await ui.replies.first().getAttribute("lang")) === "en", "an English greeting");
  await isMarked(await ui.asks("Where is the best pizza?"));
  await page.goto(`${program.origin}/chat?lang=en`);
  await page.getByRole("textbox").fill("Where is the best pizza?");
  await page.locator(".ask button").click();
  await page.waitForURL("**/chat#answer");
  await isMarked(page.locator("#answer"));
});
