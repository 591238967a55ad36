// `/chat`, the same desk for those without JavaScript.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, startBrowser, withPage } from "./browser.mjs";
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

const citizen = (name, scenario, { proves = [] } = {}) =>
  test(name, proving(proves, () =>
    withPage(browser, program, { javaScriptEnabled: false }, async ({ page }) => {
      await page.goto(`${program.origin}/chat`);
      await scenario({ page, ...desk(page) });
    })),
  );

function desk(page) {
  const answer = page.locator("#answer");
  return {
    answer,
    question: page.locator(".question p"),
    input: page.locator("textarea"),
    async asks(text) {
      await page.locator("textarea").fill(text);
      await page.getByRole("button", { name: /Frage senden|Send/ }).click();
    },
    taps: (label) => answer.getByRole("button", { name: label, exact: true }).click(),
  };
}

citizen("a_question_and_its_follow_up_are_answered", async ({ page, asks, answer, question, input }) => {
  assert.match(await answer.innerText(), /automatische Assistent/);
  await asks("was brauche ich um mein auto umzumelden");
  assert.match(await page.title(), /^Antwort – /);
  assert.match(await question.innerText(), /auto umzumelden/);
  assert.match(await answer.locator(".checklist").innerText(), /Zulassungsbescheinigung Teil I\b/);
  assert.match(await answer.getByRole("link", { name: "Termin online buchen" }).getAttribute("href"), /^https:\/\/termine-/);
  assert.match(await answer.locator(".source").innerText(), /Quelle: .*geprüft am \d\d\.\d\d\.\d{4}/);
  assert.equal(await input.inputValue(), "");

  await asks("und was kostet das");
  assert.match(await answer.innerText(), /Fahrzeug umschreiben.*\d+,\d\d Euro.*Maßgeblich ist der Bescheid/s);
  await asks("habt ihr samstag offen");
  assert.match(await answer.locator(".hours").innerText(), /Samstag, \d{1,2}\. \S+ \d{4}/);
});

citizen("a_list_is_printed_with_office_hours_and_map_and_leads_back", async ({ page, asks, answer }) => {
  await asks("was brauche ich um mein auto umzumelden");
  await answer.getByRole("checkbox", { name: /Zulassungsbescheinigung Teil II/ }).check();
  const list = await answer.locator(".checklist").innerText();
  await page.getByRole("button", { name: "Druckansicht" }).click();
  const sheet = page.locator(".sheet");
  assert.equal(await sheet.locator(".checklist").innerText(), list);
  assert.match(await sheet.innerText(), /Senator-Schwartz-Ring 21–23.*Montag\s+08:00/s);
  assert.match(await sheet.locator(".places a[href^='https://www.openstreetmap.org/']").first().innerText(), /Soest/);
  assert.equal(await sheet.locator("textarea, nav").count(), 0);
  await page.emulateMedia({ media: "print" });
  for (const screen of ["footer", ".hint", ".again"]) assert.equal(await page.locator(screen).first().isVisible(), false, screen);
  assert.equal(await sheet.locator(".checklist").first().isVisible(), true);
  await page.emulateMedia({ media: null });
  await page.getByRole("button", { name: "Zurück zum Gespräch" }).click();
  assert.equal(await answer.locator(".checklist").innerText(), list);
  // The conversation goes on where it was.
  await asks("und was kostet das");
  assert.match(await answer.innerText(), /Fahrzeug umschreiben/);
});

citizen("a_verdict_is_given_explained_and_taken_back", async ({ page, asks, answer }) => {
  await asks("was kostet die ummeldung vom auto");
  await page.getByRole("button", { name: "Nein", exact: true }).click();
  await page.getByRole("button", { name: "Unvollständig" }).click();
  assert.equal(await page.getByRole("button", { name: "Unvollständig" }).getAttribute("aria-pressed"), "true");
  await page.getByLabel("Anmerkung").fill("Die Schilder fehlen.");
  await page.getByRole("button", { name: "Senden" }).click();
  assert.match(await page.locator("h1").innerText(), /Danke/);
  await page.getByRole("button", { name: "Zurücknehmen" }).click();
  assert.match(await page.locator("h1").innerText(), /Zurückgenommen/);
  await page.getByRole("button", { name: "Zurück zum Gespräch" }).click();
  assert.match(await answer.innerText(), /Euro/);
});

citizen("a_choice_is_a_button_and_can_be_named_as_well", async ({ page, asks, taps, answer, question }) => {
  await asks("jagdschein");
  const choices = answer.locator(".choices").getByRole("button");
  const second = await choices.nth(1).innerText();
  await taps(second);
  assert.equal((await question.innerText()).trim(), second);
  const text = await answer.innerText();
  assert.ok(text.includes(second));

  await page.goto(`${program.origin}/chat`);
  await asks("jagdschein");
  await asks("das zweite");
  assert.equal(await answer.innerText(), text);
});

citizen("questions_about_the_situation_make_the_list_shorter", async ({ asks, taps, answer }) => {
  await asks("was brauche ich um mein auto umzumelden");
  const items = answer.locator(".checklist li");
  const whole = await items.count();
  await taps("Meine eigene Liste");
  while (!(await items.count())) await taps(await answer.locator(".choices").first().getByRole("button").first().innerText());
  const own = await items.count();
  assert.ok(own > 0 && own < whole, `${own} of ${whole}`);
});

citizen("who_does_not_know_is_led_to_people", async ({ asks, answer }) => {
  await asks("wo gibt es die beste pizza");
  assert.match(await answer.innerText(), /Das weiß ich leider nicht/);
  assert.deepEqual(await answer.locator("a[href^='tel:']").allInnerTexts(), ["02921 30-2222", "02921 30-0"]);
});

citizen("the_language_can_be_switched", async ({ page, asks, answer }) => {
  await page.getByRole("link", { name: "English" }).click();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.match(await answer.innerText(), /automated assistant/);
  await asks("opening hours");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(await answer.locator(".hours").isVisible(), true);
  await page.getByRole("link", { name: "العربية" }).click();
  assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
  await page.getByRole("link", { name: "Leichte Sprache" }).click();
  assert.match(await answer.innerText(), /automatischer Helfer/);
}, { proves: ["3.1.1"] });

citizen("the_back_button_leads_back_to_the_empty_form", async ({ page, asks, answer }) => {
  await asks("was brauche ich um mein auto umzumelden");
  // A page that an answer has just replaced cannot be asked for its history yet.
  await eventually(() => page.goBack().then(() => true, () => false), "back to the empty form");
  assert.match(await answer.innerText(), /automatische Assistent/);
  await asks("habt ihr samstag offen");
  assert.equal(await answer.locator(".hours").isVisible(), true);
});

// `/datenschutz` promises that this page stores nothing, so the browser may keep no answer either: it has to send the
// question of an earlier answer again, and asks before it does.
citizen("an_earlier_answer_comes_back_by_sending_its_question_again", async ({ page, asks, answer, question }) => {
  await asks("was brauche ich um mein auto umzumelden");
  await asks("und was kostet das");
  // Right after an answer there may be no history yet, which is refused as well but for another reason.
  const isNotKept = () => page.goBack().then(() => false, (error) => error.message.includes("ERR_CACHE_MISS"));
  await eventually(isNotKept, "the browser kept no answer");
  await eventually(() => page.reload().then(() => true, () => false), "the question was sent again");
  assert.match(await question.innerText(), /umzumelden/);
  assert.equal(await answer.locator(".checklist").isVisible(), true);
});

citizen("a_mistake_stands_beside_the_field_that_keeps_the_text", async ({ page, asks, input }) => {
  await asks("   ");
  const mistake = page.getByRole("alert");
  assert.match(await mistake.innerText(), /keine Frage gelesen/);
  assert.match(await page.title(), /^Bitte prüfen/);

  // A conversation nobody wrote, as after a renewed server: the text stays and can be sent again.
  await page.goto(`${program.origin}/chat`);
  await page.locator("form.ask input[name=conversation]").evaluate((field) => (field.value = "0~from~yesterday"));
  await asks("habt ihr samstag offen");
  assert.match(await mistake.innerText(), /Anfang unseres Gesprächs/);
  assert.equal(await input.inputValue(), "habt ihr samstag offen");
  await page.getByRole("button", { name: "Frage senden" }).click();
  assert.equal(await page.locator("#answer .hours").isVisible(), true);
}, { proves: ["3.3.1"] });

for (const width of [1280, 320]) {
  test(`nothing_is_wider_than_the_screen_at_${width}`, proving(width === 320 ? ["1.4.10"] : [], () =>
    withPage(browser, program, { javaScriptEnabled: false, viewport: { width, height: 640 } }, async ({ page }) => {
      const { asks } = desk(page);
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      for (const path of ["/", "/leistungen", "/leistungen/kfz-neuzulassung", "/datenschutz", "/barrierefreiheit", "/nichts", "/chat"]) {
        await page.goto(program.origin + path);
        assert.ok((await overflow()) <= 0, path);
      }
      for (const question of ["was brauche ich um mein auto umzumelden", "öffnungszeiten", "wo gibt es die beste pizza", "jagdschein"]) {
        await asks(question);
        assert.ok((await overflow()) <= 0, question);
        // A column of two letters is no column.
        const narrow = await page.locator("dd").evaluateAll((cells) => cells.filter((cell) => cell.clientWidth < 80).map((cell) => cell.textContent));
        assert.deepEqual(narrow, [], question);
      }
    })));
}
