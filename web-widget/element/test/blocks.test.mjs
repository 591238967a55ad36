// Each block of an answer: what is drawn, and what can be done with it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { proving } from "../../../tests/browser/evidence.mjs";
import { eventually, startBrowser, withPage } from "./browser.mjs";
import { catchPrinting } from "./printing.mjs";
import * as replies from "./replies.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

/** Asks one question that is answered with `reply`, and hands over the answer. */
const block = (name, reply, look, { proves = [], ...options } = {}) =>
  test(name, proving(proves, () =>
    withPage(browser, options, async (world) => {
      // A Monday, so that no test depends on the day it runs.
      await world.page.clock.setFixedTime("2026-11-23T09:00:00Z");
      const ui = await world.visit(options);
      await ui.opens();
      world.desk.answers(reply);
      await ui.asks("Frage");
      await look({ ...world, ui, answer: ui.replies.nth(1) });
    })),
  );

block("text_knows_its_subset_and_nothing_else", replies.text, async ({ answer }) => {
  const text = answer.locator(".text");
  assert.equal(await text.locator("p > strong").innerText(), "Zulassungsstelle");
  assert.equal(await text.locator("p br").count(), 1);
  assert.deepEqual(await text.locator("ol > li").allInnerTexts(), ["Termin buchen", "Unterlagen mitbringen", "Gebühr bezahlen"]);
  assert.equal(await text.locator("ul > li").count(), 2);
  assert.deepEqual(await text.locator("a").evaluateAll((links) => links.map((link) => link.href)), ["https://www.kreis-soest.de/zulassung"]);
  assert.equal(await text.locator("a").getAttribute("rel"), "noopener");
  assert.match(await text.locator("a").textContent(), /(neues Fenster)/);
  assert.match(await text.innerText(), /keine Adresse und <b>kein Markup<\/b>/);
});

block("source_date_and_revision_stand_below", replies.text, async ({ answer }) => {
  const source = await answer.locator(".source").innerText();
  assert.match(source, /Quelle: Zulassungsstelle des Kreises Soest/);
  assert.match(source, /Stand 01\.01\.2026, geprüft am 20\.11\.2026/);
  assert.match(source, /Fassung 3/);
});

block("a_checklist_is_grouped_by_condition", replies.checklist, async ({ answer }) => {
  const list = answer.locator(".checklist");
  assert.deepEqual(await list.getByRole("heading", { level: 3 }).allInnerTexts(), [
    "In jedem Fall",
    "Wenn jemand anderes für Sie kommt",
    "Wenn das Auto auf eine Firma zugelassen wird",
  ]);
  assert.deepEqual(await list.locator("ul").evaluateAll((lists) => lists.map((one) => one.children.length)), [3, 2, 1]);
}, { proves: ["1.3.1"] });

block("a_checklist_does_not_repeat_what_the_reply_says_above_it", replies.checklist, async ({ answer }) => {
  assert.equal(await answer.getByText("Unterlagen für die Umschreibung").count(), 0);
});

block("a_checklist_can_be_copied", replies.checklist, async ({ page, context, ui, answer }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await answer.getByRole("checkbox", { name: "Personalausweis oder Reisepass" }).check();
  await answer.getByRole("button", { name: "Kopieren" }).click();
  await eventually(async () => (await ui.status.innerText()) === "Kopieren: erledigt", "a confirmation");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(
    copied,
    `Unterlagen für die Umschreibung

In jedem Fall:
☑ Personalausweis oder Reisepass
  Beim Reisepass auch eine Meldebescheinigung.
☐ Zulassungsbescheinigung Teil I und Teil II
☐ eVB-Nummer Ihrer Versicherung
  Sieben Zeichen, Ihre Versicherung schickt sie Ihnen.

Wenn jemand anderes für Sie kommt:
☐ Schriftliche Vollmacht
☐ Ausweis der Person, die kommt
  Sie holt die Papiere für Sie ab.

Wenn das Auto auf eine Firma zugelassen wird:
☐ Handelsregisterauszug

Quelle: Zulassungsstelle des Kreises Soest · Stand 01.01.2026, geprüft am 20.11.2026 · Fassung 3`,
  );
});

block("a_ticked_item_stays_ticked_after_a_change_of_page_and_in_the_next_list", replies.checklist, async ({ desk, visit, answer }) => {
  const box = (within) => within.getByRole("checkbox", { name: "eVB-Nummer Ihrer Versicherung" });
  assert.equal(await box(answer).evaluate((input) => document.querySelector("auskunft-chat").shadowRoot.getElementById(input.getAttribute("aria-describedby")).textContent), "Sieben Zeichen, Ihre Versicherung schickt sie Ihnen.");
  await box(answer).check();
  await answer.getByText("Schriftliche Vollmacht").click();
  let ui = await visit({ path: "/andere-seite" });
  await ui.opens();
  assert.equal(await ui.replies.nth(1).getByRole("checkbox", { checked: true }).count(), 2);
  await box(ui.replies.nth(1)).uncheck();
  // A shorter list for the same service knows what is in the bag already.
  desk.answers(replies.checklist);
  await ui.asks("und wenn ich selbst komme?");
  assert.equal(await box(ui.replies.nth(2)).isChecked(), false);
  assert.equal(await ui.replies.nth(2).getByRole("checkbox", { name: "Schriftliche Vollmacht" }).isChecked(), true);
  await ui.clear.click();
  await eventually(async () => (await ui.questions.count()) === 0, "an empty log");
  desk.answers(replies.checklist);
  await ui.asks("ummelden");
  assert.equal(await ui.replies.nth(1).getByRole("checkbox", { checked: true }).count(), 0);
});

test("a_checklist_is_taken_along_as_a_file_under_a_strict_csp", () =>
  withPage(browser, {}, async ({ page, desk, visit }) => {
    const csp = `default-src 'none'; script-src ${desk.origin}; connect-src ${desk.origin}; require-trusted-types-for 'script'; trusted-types 'none'`;
    const ui = await visit({ csp });
    await page.evaluate(() => Object.defineProperty(navigator, "share", { value: undefined, configurable: true }));
    await ui.opens();
    desk.answers(replies.checklist);
    await ui.asks("ummelden");
    const [download] = await Promise.all([page.waitForEvent("download"), ui.replies.nth(1).getByRole("button", { name: "Mitnehmen" }).click()]);
    assert.equal(download.suggestedFilename(), "Unterlagen für die Umschreibung.ics");
    const file = await readFile(await download.path(), "utf8");
    assert.ok(file.split("\r\n").every((line) => Buffer.byteLength(line) <= 75), file);
    const lines = file.replaceAll("\r\n ", "").split("\r\n");
    assert.deepEqual([lines[0], lines.at(-2), lines.at(-1)], ["BEGIN:VCALENDAR", "END:VCALENDAR", ""]);
    const value = (name) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);
    assert.equal(value("SUMMARY"), "Unterlagen für die Umschreibung");
    assert.match(value("DTSTART;VALUE=DATE"), /^\d{8}$/);
    assert.match(value("DESCRIPTION"), /^Unterlagen für die Umschreibung\\n\\nIn jedem Fall:\\n☐ Personalausweis.*Fassung 3$/);
    assert.match(value("UID"), /^0\.\d{8}/);
    assert.equal(await ui.status.innerText(), "Mitnehmen: erledigt");
  }));

block("a_checklist_is_shared_where_the_device_can", replies.checklist, async ({ page, ui, answer }) => {
  await page.evaluate(() => (navigator.share = async (what) => (window.shared = what)));
  const take = answer.getByRole("button", { name: "Mitnehmen" });
  await take.click();
  await eventually(async () => (await ui.status.innerText()) === "Mitnehmen: erledigt", "a confirmation");
  const { title, text } = await page.evaluate(() => window.shared);
  assert.equal(title, "Unterlagen für die Umschreibung");
  assert.match(text, /☐ Zulassungsbescheinigung/);
  await page.evaluate(() => (navigator.share = async () => Promise.reject(new DOMException("", "NotAllowedError"))));
  await take.click();
  await eventually(async () => (await ui.status.innerText()) === "Mitnehmen: nicht möglich", "a refusal");
});

test("a_checklist_prints_alone", () =>
  withPage(browser, {}, async ({ page, desk, visit }) => {
    const csp = `default-src 'self'; script-src ${desk.origin}; connect-src ${desk.origin}; require-trusted-types-for 'script'; trusted-types 'none'`;
    const ui = await visit({ csp });
    await catchPrinting(page);
    await ui.opens();
    desk.answers({ ...replies.checklist, blocks: [...replies.checklist.blocks, ...replies.contact.blocks, ...replies.week.blocks] });
    await ui.asks("ummelden");
    await ui.replies.nth(1).getByRole("checkbox").first().check();
    await ui.replies.nth(1).getByRole("button", { name: "Drucken" }).click();
    const printed = await page.evaluate(() => window.printed);
    assert.equal(printed.title, "Unterlagen für die Umschreibung");
    assert.equal(printed.lang, "de");
    assert.match(printed.text, /^\d{1,2}\. \p{L}+ \d{4}\s+Unterlagen für die Umschreibung\s/u);
    for (const part of ["Hoher Weg 1–3", "02921 30-2222", "Montag bis Mittwoch"]) assert.ok(printed.text.includes(part), part);
    assert.equal(printed.ticked, 1);
    assert.ok(printed.sheet > 5);
    assert.match(printed.text, /Personalausweis oder Reisepass/);
    assert.match(printed.text, /Fassung 3/);
    assert.doesNotMatch(printed.text, /Willkommen|Drucken|geholfen/);
    await ui.replies.nth(1).getByRole("button", { name: "Drucken" }).click();
    assert.equal(await ui.host.locator("iframe").count(), 1);
  }));

block("an_appointment_is_one_tap_away", replies.appointment, async ({ answer }) => {
  const link = answer.getByRole("link", { name: /Termin online buchen/ });
  assert.equal(await link.getAttribute("href"), "https://termin.example.org/kfz");
  assert.match(await answer.innerText(), /kein Benutzerkonto/);
});

block("free_times_stand_above_the_button_with_the_moment_they_were_asked_for", replies.freeSlots, async ({ answer }) => {
  assert.deepEqual(await answer.locator(".appointment li").allInnerTexts(), [
    "Mittwoch, 2. Dezember um 08:20",
    "Mittwoch, 2. Dezember um 08:40",
    "Donnerstag, 3. Dezember um 14:00",
  ]);
  assert.equal(await answer.getByRole("heading").innerText(), "Zulassungsstelle Soest: Nächste freie Termine");
  assert.match(await answer.innerText(), /Stand Samstag, 28\. November um 10:32/);
});

block("a_contact_can_be_called_and_written_to", replies.contact, async ({ answer }) => {
  const links = await answer.locator("a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.deepEqual(links, ["tel:+492921302222", "tel:115", "mailto:buergerservice@kreis-soest.de", "https://www.kreis-soest.de/buergerservice", "https://www.openstreetmap.org/?mlat=51.57&mlon=8.11"]);
  assert.match(await answer.locator(".address").innerText(), /Hoher Weg 1–3\n59494 Soest/);
});

block("a_notice_says_its_severity_in_words", replies.notices, async ({ answer }) => {
  assert.deepEqual(await answer.locator(".severity").allInnerTexts(), ["Hinweis", "Achtung", "Achtung"]);
  assert.match(await answer.locator(".notice").first().innerText(), /Gilt bis 3\. Dezember 2026/);
}, { proves: ["1.4.1"] });

block("an_arabic_answer_runs_from_right_to_left", replies.arabic, async ({ answer }) => {
  assert.equal(await answer.getAttribute("lang"), "ar");
  assert.equal(await answer.locator(".text p").evaluate((p) => getComputedStyle(p).direction), "rtl");
  const hours = answer.locator(".hours");
  assert.equal(await hours.getAttribute("lang"), "de");
  assert.equal(await hours.evaluate((node) => getComputedStyle(node).direction), "ltr");
  // Our Arabic words inside it say that they are Arabic.
  assert.equal(await hours.locator(".state [lang]").getAttribute("lang"), "ar");
}, { proves: ["3.1.2"] });

block("german_inside_an_english_answer_is_marked_and_english_is_not", replies.englishReader, async ({ answer }) => {
  const spoken = (locator) => locator.evaluate((node) => node.closest("[lang]").lang);
  for (const german of ["Personalausweis", "Wenn jemand anderes kommt", "Sie brauchen kein Benutzerkonto.", "Im Foyer"]) {
    assert.equal(await spoken(answer.getByText(german)), "de", german);
  }
  for (const english of ["This information", "In every case", "Book an appointment", "Citizens' service"]) {
    assert.equal(await spoken(answer.getByText(english)), "en", english);
  }
}, { proves: ["3.1.2"] });

block("leichte_sprache_is_german_to_a_screen_reader", replies.simple, async ({ answer }) => {
  assert.equal(await answer.getAttribute("lang"), "de");
  assert.notEqual(await answer.getAttribute("data-simple"), null);
});

block("an_unknown_block_falls_back_to_the_plain_text", replies.fromTheFuture, async ({ answer }) => {
  assert.match(await answer.innerText(), /Alles Wichtige steht auch hier\./);
  assert.equal(await answer.getByRole("button", { name: "Weiter" }).count(), 1);
});
