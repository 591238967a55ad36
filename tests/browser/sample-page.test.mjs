// A citizen on the sample page of a town: what issue 2 promises under "How it shows".

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { catchPrinting } from "../../web-widget/element/test/printing.mjs";
import { eventually, NOTHING, startBrowser, stored, withPage } from "./browser.mjs";
import { proving } from "./evidence.mjs";
import { Program } from "./program.mjs";

let program;
let browser;
before(async () => {
  program = await Program.start();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

const citizen = (name, scenario, { proves = [], ...options } = {}) =>
  test(name, proving(proves, () =>
    withPage(browser, program, options, async (world) => {
      await world.page.goto(`${program.origin}/`);
      await scenario(world);
    })),
  );

const focused = (page) => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.className || document.activeElement.localName);

citizen("the_widget_is_closed_until_it_is_asked_for", async ({ page, requests, ui }) => {
  await ui.launcher.waitFor();
  assert.equal(await ui.panel.isVisible(), false);
  assert.equal(await ui.launcher.getAttribute("aria-expanded"), "false");
  assert.deepEqual(await stored(page), NOTHING);
  assert.deepEqual(requests.map((url) => new URL(url).pathname).filter((path) => path.startsWith("/api")), []);

  await ui.opens();
  assert.match(await ui.replies.first().innerText(), /automatische Assistent/);
  assert.match(await ui.panel.innerText(), /Automatischer Assistent/);
  assert.deepEqual(await stored(page), NOTHING);
  await ui.close.click();
  await ui.panel.waitFor({ state: "hidden" });
});

citizen("everything_works_by_keyboard", async ({ page, ui }) => {
  await ui.launcher.waitFor();
  while (!/launcher/.test(await focused(page))) {
    await page.keyboard.press("Tab");
    assert.notEqual(await focused(page), "body", "the button is not among the stops of the Tab key");
  }
  await page.keyboard.press("Enter");
  await ui.replies.first().waitFor();
  await page.keyboard.type("jagdschein");
  await page.keyboard.press("Enter");
  const clarify = ui.replies.nth(1);
  await clarify.waitFor();
  const last = await clarify.getByRole("button").last().innerText();
  // Back from the input into the conversation: the last choice comes first.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await ui.replies.nth(2).waitFor();
  assert.ok((await ui.questions.last().innerText()).endsWith(last), last);
  await page.keyboard.press("Escape");
  await ui.panel.waitFor({ state: "hidden" });
  assert.match(await focused(page), /launcher/);
}, { proves: ["2.1.1", "2.4.3"] });

const LIST = "was brauche ich um mein auto umzumelden";

/** The questions of the issue and what a person must see in each answer. */
const QUESTIONS = [
  [LIST, async (answer) => {
    const list = answer.locator(".checklist");
    assert.match(await list.innerText(), /Zulassungsbescheinigung Teil I\b/);
    assert.ok((await list.getByRole("listitem").count()) >= 5);
    const booking = answer.getByRole("link", { name: /Termin online buchen/ });
    assert.match(await booking.getAttribute("href"), /^https:\/\/termine-buergerdienste\.kreis-soest\.de/);
    assert.match(await answer.locator(".source").innerText(), /Quelle: .*Kreis Soest.*geprüft am \d\d\.\d\d\.\d{4}/s);
  }],
  ["und was kostet das", async (answer) => {
    const text = await answer.innerText();
    assert.match(text, /Fahrzeug umschreiben/);
    assert.match(text, /\d+,\d\d Euro/);
    assert.match(text, /Stand: \d\d\.\d\d\.\d{4}\. Maßgeblich ist der Bescheid\./);
  }],
  ["habt ihr samstag offen", async (answer) => {
    assert.match(await answer.locator(".hours").innerText(), /Samstag, \d{1,2}\. \S+ \d{4}\s+((Geöffnet|Jetzt geöffnet.*|Öffnet heute.*)\s+09:00 – 12:00|Geschlossen)/);
  }],
  ["fuehrerscheinumtausch frist jahrgang 1968", async (answer) => {
    const text = await answer.innerText();
    assert.match(text, /Führerschein umtauschen/);
    assert.match(text, /1965 bis 1970: bis 19\.01\.2024/);
  }],
  ["ich möchte meinen perso verlängern", async (answer) => {
    const text = await answer.innerText();
    assert.match(text, /Personalausweis/);
    assert.match(text, /Rathaus/);
  }],
  ["wo gibt es die beste pizza", async (answer) => {
    assert.match(await answer.innerText(), /Das weiß ich leider nicht/);
    const numbers = await answer.locator("a[href^='tel:']").allInnerTexts();
    assert.deepEqual(numbers, ["02921 30-2222", "02921 30-0"]);
  }],
];

citizen("the_six_questions_each_get_the_right_kind_of_reply", async ({ ui }) => {
  await ui.opens();
  for (const [question, right] of QUESTIONS) await right(await ui.asks(question));
  assert.equal(await ui.questions.count(), QUESTIONS.length);
});

for (const [question, right] of QUESTIONS.filter(([question]) => !question.startsWith("und "))) {
  citizen(`asked_alone_it_is_answered_too: ${question}`, async ({ ui }) => {
    await ui.opens();
    await right(await ui.asks(question));
  });
}

citizen("no_word_of_a_question_is_logged", async ({ ui }) => {
  await ui.opens();
  await ui.asks("Heißt mein Hund Quastelmeier?");
  assert.doesNotMatch(program.log, /Quastelmeier/i);
});

citizen("a_town_named_leads_to_its_town_hall", async ({ ui }) => {
  await ui.opens();
  await ui.asks("ich möchte meinen perso verlängern");
  const answer = await ui.asks("Werl");
  assert.match(await answer.locator(".contact").innerText(), /Rathaus Werl/);
});

for (const question of ["jagdschein", "ummelden"]) {
  citizen(`"${question}"_asks_back_and_takes_a_tap_or_a_word`, async ({ ui }) => {
    await ui.opens();
    const clarify = await ui.asks(question);
    const choices = clarify.locator(".choices").getByRole("button");
    assert.ok((await choices.count()) >= 2);
    const second = await choices.nth(1).innerText();

    const tapped = await ui.taps(second);
    assert.ok((await ui.questions.last().innerText()).endsWith(second), second);
    const answer = await tapped.innerText();
    assert.ok(answer.includes(second), `${second} in ${answer}`);

    await ui.startsAnew();
    await ui.asks(question);
    const written = await ui.asks("das zweite");
    assert.equal(await written.innerText(), answer);
  });
}

citizen("questions_about_the_situation_make_the_list_shorter", async ({ ui }) => {
  await ui.opens();
  const items = (answer) => answer.locator(".checklist").getByRole("listitem").count();
  const whole = await items(await ui.asks(LIST));
  let answer = await ui.taps("Meine eigene Liste");
  let asked = 0;
  while (!(await answer.locator(".checklist").count())) {
    asked += 1;
    assert.match(await answer.innerText(), new RegExp(`Frage ${asked} von \\d`));
    answer = await ui.taps(await answer.locator(".block.choices").getByRole("button").first().innerText());
  }
  assert.ok(asked >= 2, `${asked} questions`);
  const own = await items(answer);
  assert.ok(own > 0 && own < whole, `${own} of ${whole}`);
  assert.doesNotMatch(await answer.locator(".checklist").innerText(), /Handels- oder Vereinsregister/);

  const fee = await ui.asks("und was kostet das");
  assert.match(await fee.innerText(), /\d+,\d\d Euro/);
});

citizen("a_list_can_be_copied_and_printed", async ({ page, visitor, ui }) => {
  await visitor.grantPermissions(["clipboard-read", "clipboard-write"]);
  await catchPrinting(page);
  await ui.opens();
  const answer = await ui.asks(LIST);
  await answer.getByRole("button", { name: "Kopieren" }).click();
  await eventually(async () => /Kopieren: erledigt/.test(await ui.status.innerText()), "a confirmation");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^Fahrzeug umschreiben[^\n]*\n\nIn jedem Fall:\n☐ Zulassungsbescheinigung/);
  assert.match(copied, /\nWenn /);
  assert.match(copied, /Quelle: .*Kreis Soest/);

  await answer.getByRole("button", { name: "Drucken" }).click();
  const printed = await eventually(() => page.evaluate(() => window.printed?.text), "a sheet");
  assert.match(printed, /Zulassungsbescheinigung Teil I\b/);
  assert.doesNotMatch(printed, /Musterhausen|Drucken/);
});

citizen("a_reload_keeps_the_conversation_in_this_tab_only_and_clearing_deletes_it", async ({ page, visitor, ui }) => {
  await ui.opens();
  await ui.asks(LIST);
  assert.deepEqual(await stored(page), { ...NOTHING, session: [`auskunft-chat:${program.origin}`] });

  await page.reload();
  assert.equal(await ui.panel.isVisible(), false);
  await ui.opens();
  assert.equal(await ui.questions.count(), 1);
  assert.match(await (await ui.asks("und was kostet das")).innerText(), /Fahrzeug umschreiben.*Euro/s);

  const other = await visitor.newPage();
  await other.goto(`${program.origin}/`);
  assert.deepEqual(await stored(other), NOTHING);

  await ui.startsAnew();
  assert.match(await ui.status.innerText(), /löschen: erledigt/);
  assert.deepEqual(await stored(page), NOTHING);
  await page.reload();
  await ui.opens();
  assert.equal(await ui.questions.count(), 0);
});

citizen("a_conversation_from_another_age_does_not_stop_the_visitor", async ({ page, ui }) => {
  await ui.opens();
  await ui.asks(LIST);
  await page.evaluate(() => {
    const [key] = Object.keys(sessionStorage);
    sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(key)), conversation: "0~from~yesterday" }));
  });
  await page.reload();
  await ui.opens();
  const answer = await ui.asks("habt ihr samstag offen");
  assert.equal(await answer.locator(".hours").isVisible(), true);
  assert.equal((await ui.alert.innerText()).trim(), "");
});

test("without_javascript_the_link_leads_to_the_desk", () =>
  withPage(browser, program, { javaScriptEnabled: false }, async ({ page }) => {
    await page.goto(`${program.origin}/`);
    await page.getByRole("link", { name: "Frage an den Bürgerservice stellen" }).click();
    await page.getByRole("textbox", { name: "Was möchten Sie wissen?" }).waitFor();
  }));
