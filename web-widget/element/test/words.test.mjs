// The element's words in nine languages, and the switch between them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readWords } from "../pack-words.mjs";
import { proving } from "../../../tests/browser/evidence.mjs";
import { eventually, startBrowser, withPage } from "./browser.mjs";
import * as replies from "./replies.mjs";

const LANGUAGES = await readWords(new URL("../src/labels/", import.meta.url));
const NAMES = ["Deutsch", "Leichte Sprache", "English", "Français", "Türkçe", "Polski", "Русский", "Українська", "العربية"];

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

test("every_language_says_everything_with_the_same_gaps", () => {
  const gaps = (text) => text.split("{}").length - 1;
  for (const [tag, words] of Object.entries(LANGUAGES)) {
    const expected = tag === "de-simple" ? Object.keys(words) : Object.keys(LANGUAGES.de);
    for (const key of expected) {
      assert.ok(words[key]?.trim(), `${tag}: ${key}`);
      assert.equal(gaps(words[key]), gaps(LANGUAGES.de[key]), `${tag}: ${key}`);
      assert.doesNotMatch(words[key], /[#=]/, `${tag}: ${key}`);
    }
  }
});

test("leichte_sprache_keeps_its_sentences_short", () => {
  for (const text of Object.values(LANGUAGES["de-simple"])) {
    for (const sentence of text.split(/[.!?]\s/)) assert.ok(sentence.split(" ").length <= 12, sentence);
  }
});

for (const [tag, words] of Object.entries(LANGUAGES)) {
  test(`a_page_in_${tag}_is_spoken_to_in_${tag}`, proving(["3.1.2", "3.3.2"], () =>
    withPage(browser, {}, async ({ desk, visit }) => {
      const ui = await visit({ lang: tag });
      const say = (key) => words[key] ?? LANGUAGES.de[key];
      assert.equal((await ui.launcher.innerText()).trim(), say("launcher"));
      await ui.opens();
      assert.deepEqual(desk.greetings, [tag]);
      const panel = await ui.panel.innerText();
      for (const key of ["title", "subtitle", "close", "language", "question", "send", "privacy", "accessibility", "clear"]) {
        assert.ok(panel.includes(say(key)), `${key}: ${say(key)} in ${panel}`);
      }
      const root = ui.panel.locator("..");
      assert.equal(await root.getAttribute("lang"), tag === "de-simple" ? "de" : tag);
      assert.equal(await root.getAttribute("dir"), tag === "ar" ? "rtl" : "ltr");
      assert.equal(await ui.language.inputValue(), tag);
    })));
}

test("the_switch_names_each_language_in_itself", () =>
  withPage(browser, {}, async ({ visit }) => {
    const ui = await visit();
    await ui.opens();
    assert.deepEqual(await ui.language.locator("option").allInnerTexts(), NAMES);
    const spoken = await ui.language.locator("option").evaluateAll((options) => options.map(({ lang, dir }) => [lang, dir].join(" ")));
    assert.deepEqual([spoken[1], spoken.at(-1)], ["de ltr", "ar rtl"]);
    // Its label is there to be seen.
    assert.equal(await ui.panel.getByRole("combobox", { name: "Sprache" }).isVisible(), true);
    assert.match(await ui.panel.locator(".language").innerText(), /^Sprache/);
  }));

test("the_conversation_goes_on_in_the_chosen_language", proving(["3.2.2"], () =>
  withPage(browser, {}, async ({ page, desk, visit }) => {
    const ui = await visit();
    await ui.opens();
    desk.answers(replies.checklist);
    await ui.asks("ummelden");
    await ui.input.fill("halb getippt");
    await ui.language.selectOption("tr");

    assert.equal(await ui.panel.getByText("Sorunuz", { exact: true }).isVisible(), true);
    // What was said stays, and so does what was typed, and the keyboard stays where it was.
    assert.equal(await ui.questions.count(), 1);
    assert.equal(await ui.input.inputValue(), "halb getippt");
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.localName), "select");
    assert.equal(await ui.host.getAttribute("open"), "");
    await ui.asks("Ne kadar?");
    assert.deepEqual(desk.questions.at(-1), { text: "Ne kadar?", lang: "tr", conversation: "c1" });
    assert.deepEqual(desk.greetings, ["de"]);
  })));

test("a_greeting_nobody_answered_is_said_again_in_the_chosen_language", () =>
  withPage(browser, {}, async ({ desk, visit }) => {
    const ui = await visit();
    await ui.opens();
    await ui.language.selectOption("ar");
    await eventually(async () => desk.greetings.length === 2, "a second greeting");
    assert.deepEqual(desk.greetings, ["de", "ar"]);
    await eventually(async () => (await ui.replies.count()) === 1, "one greeting");
    assert.equal(await ui.panel.evaluate((panel) => getComputedStyle(panel).direction), "rtl");
  }));

test("the_choice_is_kept_for_this_tab_and_read_only_when_the_chat_is_opened", () =>
  withPage(browser, {}, async ({ page, desk, visit }) => {
    let ui = await visit();
    await ui.opens();
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await ui.language.selectOption("en");
    await ui.asks("hello");

    ui = await visit({ path: "/andere-seite" });
    assert.equal((await ui.launcher.innerText()).trim(), "Frage stellen");
    await ui.launcher.click();
    await ui.replies.nth(1).waitFor();
    assert.equal(await ui.panel.getByText("Your question", { exact: true }).isVisible(), true);
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.id), "question");
    await ui.asks("again");
    assert.equal(desk.questions.at(-1).lang, "en");
    assert.deepEqual(desk.greetings, ["de", "en"]);

    await ui.clear.click();
    await eventually(async () => (await ui.questions.count()) === 0, "an empty log");
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    assert.equal(await ui.language.inputValue(), "en");
  }));

test("a_question_runs_in_the_direction_of_its_own_words", () =>
  withPage(browser, {}, async ({ visit }) => {
    const ui = await visit({ lang: "ar" });
    await ui.opens();
    await ui.asks("Was kostet das?");
    assert.equal(await ui.questions.getByText("Was kostet das?").evaluate((node) => getComputedStyle(node).direction), "ltr");
  }));

test("an_element_with_an_open_panel_says_so_once", () =>
  withPage(browser, {}, async ({ page, visit }) => {
    await page.addInitScript(() => {
      window.opened = 0;
      document.addEventListener("auskunft-chat:open", () => (window.opened += 1));
    });
    const ui = await visit({ attributes: "open" });
    await ui.replies.first().waitFor();
    await ui.language.selectOption("pl");
    assert.equal(await page.evaluate(() => window.opened), 1);
  }));
