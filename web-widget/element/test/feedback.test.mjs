// Whether an answer helped: thumbs that can be taken back, and a reason.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { proving } from "../../../tests/browser/evidence.mjs";
import { eventually, startBrowser, withPage } from "./browser.mjs";
import * as replies from "./replies.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

const rating = (name, scenario, { proves = [] } = {}) =>
  test(name, proving(proves, () =>
    withPage(browser, {}, async (world) => {
      const ui = await world.visit();
      await ui.opens();
      await ui.asks("Was kostet das?");
      const box = ui.replies.nth(1).getByRole("group", { name: "Hat das geholfen?" });
      const button = (label) => box.getByRole("button", { name: label, exact: true });
      const says = (sentence) => eventually(async () => (await ui.status.innerText()) === sentence, sentence);
      await scenario({ ...world, ui, box, button, says });
    })),
  );

const pressed = (button) => button.getAttribute("aria-pressed");
const focused = (page) => page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent);

rating("a_thumb_is_counted_said_aloud_and_keeps_the_focus", async ({ page, desk, button, says }) => {
  await button("Ja").focus();
  await page.keyboard.press("Enter");
  await says("Danke!");
  assert.deepEqual(desk.verdicts, [{ answer_id: "a-1", helpful: true, reason: null }]);
  assert.equal(await pressed(button("Ja")), "true");
  assert.equal(await focused(page), "Ja");
}, { proves: ["2.1.1", "4.1.3"] });

rating("a_second_tap_takes_it_back", async ({ desk, box, button, says }) => {
  await button("Nein").click();
  await says("Danke!");
  assert.equal(await box.getByRole("textbox").isVisible(), true);
  await button("Nein").click();
  await says("Zurückgenommen.");
  assert.deepEqual(desk.verdicts.map(({ helpful }) => helpful), [false, null]);
  assert.equal(await pressed(button("Nein")), "false");
  assert.equal(await box.getByRole("textbox").isVisible(), false);
});

rating("one_thumb_takes_the_others_place", async ({ desk, button, says }) => {
  await button("Nein").click();
  await says("Danke!");
  await button("Ja").click();
  await eventually(async () => desk.verdicts.length === 2, "the second verdict");
  assert.deepEqual([await pressed(button("Ja")), await pressed(button("Nein"))], ["true", "false"]);
});

rating("a_reason_can_be_given_changed_and_taken_back", async ({ desk, button }) => {
  await button("Nein").click();
  for (const reason of ["Unvollständig", "Falsch oder veraltet", "Falsch oder veraltet"]) {
    const sent = desk.verdicts.length;
    await button(reason).click();
    await eventually(async () => desk.verdicts.length > sent, reason);
  }
  assert.deepEqual(desk.verdicts.map(({ helpful, reason }) => [helpful, reason]), [
    [false, null],
    [false, "incomplete"],
    [false, "wrong"],
    [false, null],
  ]);
  assert.equal(await pressed(button("Nein")), "true");
});

rating("a_comment_goes_with_the_reason", async ({ desk, ui, box, button, says }) => {
  await button("Nein").click();
  await button("Unverständlich").click();
  await box.getByRole("textbox", { name: "Anmerkung" }).fill("Was ist eine eVB?");
  await box.getByRole("textbox").press("Enter");
  await eventually(async () => desk.verdicts.length === 3, "the comment");
  await says("Danke!");
  assert.deepEqual(desk.verdicts[2], { answer_id: "a-1", helpful: false, reason: "unclear", comment: "Was ist eine eVB?" });
  await eventually(async () => (await box.getByRole("textbox").inputValue()) === "", "an empty field");
  // It was no question.
  assert.equal(desk.questions.length, 1);
  assert.equal(await ui.questions.count(), 1);
});

rating("what_the_desk_did_not_hear_is_not_shown_as_said", async ({ desk, button, says }) => {
  desk.fails(500);
  await button("Ja").click();
  await says("Ja: nicht möglich");
  assert.equal(await pressed(button("Ja")), "false");
  await button("Ja").click();
  await says("Danke!");
});

rating("nothing_is_read_out_again_by_a_tap", async ({ page, ui, button, says }) => {
  await ui.log.evaluate((log) => {
    window.added = 0;
    new MutationObserver((records) => (window.added += records.length)).observe(log, { childList: true, subtree: true, characterData: true });
  });
  await button("Nein").click();
  await says("Danke!");
  assert.equal(await page.evaluate(() => window.added), 0);
});

rating("a_verdict_survives_a_change_of_page_and_the_page_hears_of_it", async ({ page, visit, button, says }) => {
  await page.evaluate(() => document.addEventListener("auskunft-chat:feedback", ({ detail }) => (window.heard = detail)));
  await button("Nein").click();
  await says("Danke!");
  assert.deepEqual(await page.evaluate(() => window.heard), { answer_id: "a-1", helpful: false });
  await button("Unvollständig").click();
  await page.waitForFunction(() => Object.values(sessionStorage)[0].includes("a-1 incomplete"));
  const ui = await visit({ path: "/andere-seite" });
  await ui.opens();
  const again = ui.replies.nth(1);
  for (const name of ["Nein", "Unvollständig"]) assert.equal(await pressed(again.getByRole("button", { name, exact: true })), "true");
});

test("only_an_answer_can_be_judged", () =>
  withPage(browser, {}, async ({ desk, visit }) => {
    const ui = await visit();
    await ui.opens();
    desk.answers(replies.choices, replies.emergency, replies.contact);
    for (const question of ["ummelden", "es brennt", "Mensch"]) await ui.asks(question);
    assert.equal(await ui.log.locator(".feedback").count(), 0);
  }));

test("a_question_of_the_desk_is_not_rated", () =>
  withPage(browser, {}, async (world) => {
    const ui = await world.visit();
    await ui.opens();
    world.desk.answers({ ...replies.choices, kind: "answer" });
    await ui.asks("Meine eigene Liste");
    assert.equal(await ui.replies.nth(1).getByRole("button").count() > 0, true);
    assert.equal(await ui.replies.nth(1).getByRole("group", { name: "Hat das geholfen?" }).count(), 0);
  }));
