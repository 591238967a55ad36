// More than one tab, and the way back: each tab has its own conversation, and keeps it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chat, NOTHING, startBrowser, stored, Town, withPage } from "./browser.mjs";
import { Program } from "./program.mjs";

let town;
let program;
let browser;
before(async () => {
  town = await new Town().start();
  program = await Program.start();
  browser = await startBrowser({ keepsPages: true });
});
after(async () => {
  await browser?.close();
  await program?.stop();
  await town?.stop();
});

const LIST = "was brauche ich um mein auto umzumelden";
const kept = () => ({ ...NOTHING, session: [`auskunft-chat:${program.origin}`] });

/** A citizen who has asked for a list on the sample page. */
const citizen = (name, scenario) =>
  test(name, () =>
    withPage(browser, program, {}, async (world) => {
      await world.page.goto(`${program.origin}/`);
      await world.ui.opens();
      await world.ui.asks(LIST);
      await scenario(world);
    }),
  );

citizen("two_tabs_hold_two_conversations_and_clearing_one_leaves_the_other", async ({ page, visitor, ui }) => {
  const second = await visitor.newPage();
  await second.goto(`${program.origin}/`);
  const other = chat(second);
  await other.opens();
  assert.equal(await other.questions.count(), 0);
  await other.asks("ich möchte meinen perso verlängern");

  // Each goes on with what was said in it.
  assert.match(await (await ui.asks("und was kostet das")).innerText(), /Fahrzeug umschreiben/);
  assert.doesNotMatch(await (await other.asks("und was kostet das")).innerText(), /Fahrzeug umschreiben/);

  await other.startsAnew();
  assert.deepEqual(await stored(second), NOTHING);
  assert.deepEqual(await stored(page), kept());
  assert.equal(await ui.questions.count(), 2);
  await page.reload();
  await ui.opens();
  assert.equal(await ui.questions.count(), 2);
});

// A tab that is opened by a page begins with a copy of its storage; from then on they have nothing in common.
citizen("a_tab_opened_by_the_page_goes_on_by_itself", async ({ page, visitor, ui }) => {
  const [second] = await Promise.all([visitor.waitForEvent("page"), page.evaluate(() => void window.open(location.href))]);
  const other = chat(second);
  await other.opens();
  assert.equal(await other.questions.count(), 1);
  assert.match(await (await other.asks("und was kostet das")).innerText(), /Fahrzeug umschreiben.*Euro/s);
  assert.equal(await ui.questions.count(), 1);
  await other.startsAnew();
  assert.deepEqual(await stored(second), NOTHING);
  assert.deepEqual(await stored(page), kept());
  assert.match(await (await ui.asks("und was kostet das")).innerText(), /Fahrzeug umschreiben.*Euro/s);
});

// Our own pages are kept by no browser, but those of most towns are.
test("a_page_that_the_browser_kept_goes_on_where_it_was_left", () =>
  withPage(browser, program, { neighbours: [town.origin] }, async ({ page, ui }) => {
    const start = town.publish("/", program.origin);
    const elsewhere = town.publish("/elsewhere", program.origin);
    await page.goto(start);
    await page.evaluate(() => addEventListener("pageshow", ({ persisted }) => (window.wasKept = persisted)));
    await ui.opens();
    await ui.asks(LIST);
    await ui.input.fill("und was kostet das");
    await page.goto(elsewhere);
    await page.evaluate(() => history.back());
    await page.waitForURL(start, { waitUntil: "commit" });
    await page.waitForFunction(() => window.wasKept === true);
    assert.equal(await ui.panel.isVisible(), true);
    assert.equal(await ui.questions.count(), 1);
    assert.equal(await ui.input.inputValue(), "und was kostet das");
    const answer = await ui.answerTo(() => ui.input.press("Enter"));
    assert.match(await answer.innerText(), /Fahrzeug umschreiben.*Euro/s);
  }));

citizen("a_question_that_was_on_its_way_when_the_page_was_left_stands_nowhere_unanswered", async ({ page, ui }) => {
  await page.route("**/api/v1/messages", () => {});
  await ui.input.fill("und was kostet das");
  await ui.input.press("Enter");
  await page.goto(`${program.origin}/leistungen`);
  await page.unroute("**/api/v1/messages");
  await page.goto(`${program.origin}/`);
  await ui.opens();
  assert.equal(await ui.questions.count(), 1);
  assert.equal((await ui.alert.innerText()).trim(), "");
  assert.match(await (await ui.asks("und was kostet das")).innerText(), /Fahrzeug umschreiben.*Euro/s);
});
