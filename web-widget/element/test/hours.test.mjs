// Opening hours: one day, the week, and whether it is open at this moment.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, startBrowser, withPage } from "./browser.mjs";
import * as replies from "./replies.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

/** Asks at a moment and hands over what the hours block says. */
const at = (moment, name, reply, look, { lang, ...options } = {}) =>
  test(name, () =>
    withPage(browser, options, async ({ page, desk, visit }) => {
      await page.clock.setFixedTime(moment);
      const ui = await visit({ lang });
      await ui.opens();
      desk.answers({ ...reply, lang: lang ?? "de" });
      await ui.asks("Frage");
      const hours = ui.replies.nth(1).locator(".hours");
      await look({ page, ui, hours, state: hours.locator(".state") });
    }),
  );

const MONDAY = "2026-11-23T09:00:00Z";

at(MONDAY, "a_closed_day_says_why_and_when_next", replies.closedDay, async ({ hours }) => {
  const text = await hours.innerText();
  for (const part of ["Bürgerservice im Kreishaus", "Donnerstag, 24. Dezember 2026", "Geschlossen – öffnet Montag, 28. Dezember um 08:00 Uhr", "Heiligabend"]) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
});

at(MONDAY, "another_day_shows_its_periods", replies.openDay, async ({ hours }) => {
  assert.match(await hours.innerText(), /Mittwoch, 25\. November 2026\s+Geöffnet/);
  assert.equal(await hours.locator(".periods").innerText(), "08:00 – 12:30, 13:30 – 17:00");
});

for (const [moment, sentence] of [
  ["2026-11-25T06:15:00Z", "Öffnet heute um 08:00 Uhr"],
  ["2026-11-25T09:20:00Z", "Jetzt geöffnet – noch 2 Std. 10 Min."],
  ["2026-11-25T11:29:00Z", "Jetzt geöffnet – noch 1 Min."],
  ["2026-11-25T11:30:00Z", "Öffnet heute um 13:30 Uhr"],
  ["2026-11-25T12:30:00Z", "Jetzt geöffnet – noch 3 Std. 30 Min."],
  ["2026-11-25T16:00:00Z", "Geschlossen – öffnet morgen um 08:00 Uhr"],
]) {
  at(moment, `today_at_${moment.slice(11, 16)}_says_${sentence}`, replies.openToday, async ({ state }) => {
    assert.equal(await state.innerText(), sentence);
  });
}

// The office's clock counts, wherever the visitor sits.
for (const timezoneId of ["Pacific/Auckland", "America/Los_Angeles"]) {
  at("2026-11-25T09:20:00Z", `hours_do_not_shift_with_a_visitor_in_${timezoneId}`, replies.openToday, async ({ state }) => {
    assert.equal(await state.innerText(), "Jetzt geöffnet – noch 2 Std. 10 Min.");
  }, { timezoneId });
}

at("2026-11-25T09:20:00Z", "an_office_elsewhere_has_its_own_clock", { ...replies.openToday, blocks: [{ ...replies.openToday.blocks[0], time_zone: "Europe/London" }] }, async ({ state }) => {
  assert.equal(await state.innerText(), "Jetzt geöffnet – noch 3 Std. 10 Min.");
});

for (const [lang, sentence] of Object.entries({
  "de-simple": "Jetzt offen – noch 2 Stunden 10 Minuten",
  en: "Open now – for another 2 hr 10 min",
  tr: "Şu anda açık – 2 sa. 10 dk. daha",
  ru: "Сейчас открыто – ещё 2 ч 10 мин",
  ar: "مفتوح الآن – بقي 2 س 10 د",
  fr: "Ouvert maintenant – encore 2 h 10 min",
})) {
  at("2026-11-25T09:20:00Z", `it_is_open_in_${lang}`, replies.openToday, async ({ state }) => {
    assert.equal((await state.innerText()).replace(/\s/g, " "), sentence);
  }, { lang });
}

at("2026-11-26T17:00:00Z", "a_question_about_another_day_says_nothing_of_now", replies.openToday, async ({ state }) => {
  assert.equal(await state.innerText(), "Geöffnet");
});

at(MONDAY, "closed_at_the_asked_time_on_a_day_with_hours_is_said_above_only", replies.closedThen, async ({ hours, state }) => {
  assert.equal(await state.count(), 0);
  assert.match(await hours.innerText(), /08:00 – 12:30/);
});

at("2026-11-26T12:00:00Z", "a_week_marks_today_and_says_whether_it_is_open", replies.week, async ({ hours, state }) => {
  assert.deepEqual(await hours.locator("dl").first().locator("dt").allInnerTexts(), ["Montag bis Mittwoch", "Donnerstag\nheute", "Freitag", "Samstag und Sonntag"]);
  assert.match(await hours.locator("[aria-current=date]").innerText(), /^Donnerstag\s+heute\s+08:00 – 12:30, 13:30 – 17:30$/);
  assert.match(await hours.locator("dl").first().locator("dd").last().innerText(), /Geschlossen/);
  assert.equal(await state.innerText(), "Öffnet heute um 13:30 Uhr");
});

at("2026-12-24T09:00:00Z", "an_exception_wins_over_the_week_and_gives_its_reason", replies.week, async ({ hours, state }) => {
  assert.equal(await state.innerText(), "Geschlossen – öffnet Montag um 08:00 Uhr");
  const exceptions = await hours.locator("dl").last().innerText();
  assert.match(exceptions, /Donnerstag, 24\. Dezember 2026\s+Heiligabend\s+Geschlossen/);
  assert.match(exceptions, /Dienstag, 29\. Dezember 2026\s+08:00 – 12:00/);
  assert.equal(await hours.getByRole("heading", { name: "Bald ist es anders" }).isVisible(), true);
});

at("2026-11-23T05:00:00Z", "a_week_of_an_older_desk_does_not_guess_which_row_is_today", replies.olderWeek, async ({ hours, state }) => {
  assert.equal(await state.count(), 0);
  assert.equal(await hours.locator("[aria-current]").count(), 0);
});

test("an_open_panel_does_not_go_on_saying_that_it_is_open", () =>
  withPage(browser, {}, async ({ page, desk, visit }) => {
    await page.clock.install({ time: "2026-11-25T11:28:00Z" });
    const ui = await visit();
    await ui.opens();
    desk.answers(replies.openToday);
    await ui.asks("offen?");
    const state = ui.log.locator(".state");
    assert.match(await state.innerText(), /^Jetzt geöffnet/);
    await page.clock.runFor(180_000);
    await eventually(async () => (await state.innerText()) === "Öffnet heute um 13:30 Uhr", "the office has closed");
    // Nobody wants to hear every minute that one has passed.
    assert.equal(await state.getAttribute("aria-live"), "off");
  }));
