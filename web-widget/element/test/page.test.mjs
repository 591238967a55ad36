// What the page around may do: name its office, and ask questions from its own links.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, startBrowser, withPage } from "./browser.mjs";
import * as replies from "./replies.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

const ASKERS = `<p><a id="link" href="/gebuehren" data-auskunft-ask="Was kostet ein Parkausweis?">Frag uns</a>
<button id="button" data-auskunft-ask="Wann ist offen?"><b>Offen?</b></button></p>`;

const focused = (page) => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.id || document.activeElement.id);

test("a_link_of_the_page_asks_and_gets_the_focus_back", () =>
  withPage(browser, {}, async ({ page, desk, visit }) => {
    const ui = await visit({ more: ASKERS });
    await ui.launcher.waitFor();
    await page.locator("#link").focus();
    await page.keyboard.press("Enter");
    await eventually(async () => desk.questions.length === 1, "a question");
    assert.equal(desk.questions[0].text, "Was kostet ein Parkausweis?");
    assert.equal(new URL(page.url()).pathname, "/");
    await eventually(async () => (await focused(page)) === "question", "the focus in the panel");
    await page.keyboard.press("Escape");
    assert.equal(await focused(page), "link");
  }));

test("a_button_asks_while_the_panel_is_open_and_in_another_language", () =>
  withPage(browser, {}, async ({ page, desk, visit }) => {
    const ui = await visit({ more: ASKERS });
    await ui.opens();
    await page.locator("#button b").click();
    await ui.replies.nth(1).waitFor();
    assert.equal(desk.questions[0].text, "Wann ist offen?");
    assert.equal(await focused(page), "question");
    // A change of language draws the panel anew, and still knows who opened it.
    await ui.language.selectOption("en");
    await page.keyboard.press("Escape");
    assert.equal(await focused(page), "button");
  }));

test("a_link_opened_in_a_new_tab_stays_a_link", () =>
  withPage(browser, {}, async ({ page, context, desk, town, visit }) => {
    town.publish("/gebuehren", "<!doctype html><title>Gebühren</title>");
    const ui = await visit({ more: ASKERS });
    await ui.launcher.waitFor();
    const [tab] = await Promise.all([context.waitForEvent("page"), page.locator("#link").click({ modifiers: ["ControlOrMeta"] })]);
    await tab.waitForURL("**/gebuehren");
    assert.equal(await ui.panel.isVisible(), false);
    assert.equal(desk.questions.length, 0);
  }));

test("a_second_element_on_the_page_does_not_ask_again", () =>
  withPage(browser, {}, async ({ page, desk, visit }) => {
    await visit({ more: `${ASKERS}<auskunft-chat></auskunft-chat>` });
    await page.locator("#button").click();
    await page.locator("auskunft-chat .desk").nth(1).waitFor();
    assert.equal(desk.questions.length, 1);
  }));

test("the_office_of_the_page_goes_with_every_question", () =>
  withPage(browser, {}, async ({ page, desk, visit }) => {
    const ui = await visit({ attributes: 'office="zulassungsstelle-soest"' });
    await ui.opens();
    await ui.asks("Wann ist offen?");
    assert.deepEqual(desk.questions[0], { text: "Wann ist offen?", lang: "de", conversation: "c0", office: "zulassungsstelle-soest" });
    await page.evaluate(() => document.querySelector("auskunft-chat").setAttribute("office", "kreishaus"));
    await ui.asks("Und hier?");
    assert.equal(desk.questions[1].office, "kreishaus");
    await page.evaluate(() => document.querySelector("auskunft-chat").removeAttribute("office"));
    await ui.asks("Und sonst?");
    assert.ok(!("office" in desk.questions[2]));
  }));

/** A visitor whose question did not get out. */
const offline = (name, scenario) =>
  test(name, () =>
    withPage(browser, {}, async (world) => {
      const ui = await world.visit();
      await ui.opens();
      await world.context.setOffline(true);
      await ui.input.fill("Was kostet das?");
      await ui.input.press("Enter");
      await ui.retry.waitFor();
      assert.match(await ui.alert.innerText(), /Keine Internetverbindung/);
      assert.equal(await ui.input.inputValue(), "Was kostet das?");
      await scenario({ ...world, ui });
    }),
  );

offline("back_online_the_question_goes_out_by_itself_and_the_focus_stays", async ({ page, context, desk, ui }) => {
  await page.locator("#page").focus();
  await context.setOffline(false);
  await ui.replies.nth(1).waitFor();
  assert.deepEqual(desk.questions.map(({ text }) => text), ["Was kostet das?"]);
  assert.equal((await ui.alert.innerText()).trim(), "");
  assert.equal(await ui.input.inputValue(), "");
  assert.equal(await focused(page), "page");
});

offline("a_text_that_is_being_changed_is_the_visitors_to_send", async ({ page, context, desk, ui }) => {
  await ui.input.fill("Was kostet das heute");
  await context.setOffline(false);
  await page.evaluate(() => navigator.onLine);
  assert.equal(desk.questions.length, 0);
  await ui.retry.click();
  await ui.replies.nth(1).waitFor();
  assert.equal(desk.questions[0].text, "Was kostet das heute");
});

offline("it_is_tried_once_and_not_for_ever", async ({ page, context, desk, ui }) => {
  desk.fails(503);
  await context.setOffline(false);
  await eventually(async () => desk.questions.length === 1, "one attempt");
  await eventually(async () => /nicht zu erreichen/.test(await ui.alert.innerText()), "its failure");
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  assert.equal(desk.questions.length, 1);
  desk.answers(replies.text);
  await ui.retry.click();
  await ui.replies.nth(1).waitFor();
});
