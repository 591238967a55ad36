// Where a list is to be taken: folded on screen, in full on paper and in the clipboard.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, withPage } from "./browser.mjs";
import { catchPrinting } from "./printing.mjs";
import { checklist, contact, reply, week } from "./replies.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

const [said, list] = checklist.blocks;
const places = { label: "Wohin und wann?", text: "Wohin und wann?\n\nZulassungsstelle Soest\nHoher Weg 1–3", blocks: [...contact.blocks, ...week.blocks] };
const withPlaces = (more = {}) => reply([said, { ...list, places, ...more }], { service: "kfz-umschreibung" });

test("the_places_are_folded_under_the_list_and_open_with_the_keyboard", () =>
  withPage(browser, {}, async ({ desk, visit }) => {
    const ui = await visit();
    await ui.opens();
    desk.answers(withPlaces());
    await ui.asks("ummelden");
    const answer = ui.replies.nth(1);
    const address = answer.getByText(/Hoher Weg 1–3/);
    assert.equal(await address.isVisible(), false);
    await answer.getByText("Wohin und wann?").press("Enter");
    assert.equal(await address.isVisible(), true);
    assert.equal(await answer.locator("details .hours .today").isVisible(), true);
  }));

test("on_paper_the_places_stand_unfolded_and_once", () =>
  withPage(browser, {}, async ({ page, desk, visit }) => {
    const ui = await visit();
    await catchPrinting(page);
    await ui.opens();
    desk.answers(withPlaces());
    await ui.asks("ummelden");
    await ui.replies.nth(1).getByRole("button", { name: "Drucken" }).click();
    const { text, links } = await page.evaluate(() => window.printed);
    for (const part of ["Personalausweis", "Wohin und wann?", "Hoher Weg 1–3", "02921 30-2222", "Montag bis Mittwoch"]) {
      assert.equal(text.split(part).length, 2, `${part} stands once in ${text}`);
    }
    assert.ok(links.includes(contact.blocks[0].map), "the map can be opened from a sheet kept as a file");
    assert.doesNotMatch(text, /geöffnet –/);
    assert.equal(await ui.replies.nth(1).locator("details").getAttribute("open"), null, "on screen it stays folded");
  }));

test("the_clipboard_holds_the_places_as_the_desk_words_them", () =>
  withPage(browser, { permissions: ["clipboard-read", "clipboard-write"] }, async ({ page, desk, visit }) => {
    const ui = await visit();
    await ui.opens();
    desk.answers(withPlaces());
    await ui.asks("ummelden");
    await ui.replies.nth(1).getByRole("button", { name: "Kopieren" }).click();
    await ui.status.filter({ hasText: "erledigt" }).waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /Handelsregisterauszug\n\nWohin und wann\?\n\nZulassungsstelle Soest\nHoher Weg 1–3/);
  }));

test("german_items_in_a_foreign_reply_leave_the_places_in_its_language", () =>
  withPage(browser, {}, async ({ desk, visit }) => {
    const ui = await visit({ lang: "en" });
    await ui.opens();
    desk.answers({ ...withPlaces({ lang: "de", places: { ...places, label: "Where and when?" } }), lang: "en" });
    await ui.asks("register a car");
    const lang = (locator) => locator.evaluate((node) => node.closest("[lang]").lang);
    assert.equal(await lang(ui.replies.nth(1).getByText("Where and when?")), "en");
    assert.equal(await lang(ui.replies.nth(1).getByRole("listitem").first()), "de");
  }));

test("what_goes_wrong_is_said_in_the_language_of_the_panel", () =>
  withPage(browser, { locale: "de-DE" }, async ({ desk, visit }) => {
    const ui = await visit({ lang: "tr" });
    await ui.opens();
    desk.fails(429, "Çok fazla soru.", "too_many_requests");
    await ui.input.fill("?");
    await ui.input.press("Enter");
    await ui.alert.getByText("Çok fazla soru.").waitFor();
    assert.equal(desk.headers.at(-1)["accept-language"], "tr");
  }));
