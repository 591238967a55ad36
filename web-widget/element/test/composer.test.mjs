// Help while typing: a combobox as the ARIA practices describe it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { proving } from "../../../tests/browser/evidence.mjs";
import { eventually, startBrowser, withPage } from "./browser.mjs";
import { suggestions } from "./replies.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

/** A visitor who has typed `typed` and sees what others ask. */
const typing = (name, scenario, { typed = "ummel", proves = [] } = {}) =>
  test(name, proving(proves, () =>
    withPage(browser, {}, async (world) => {
      const ui = await world.visit();
      await ui.opens();
      world.desk.suggestions = suggestions;
      await ui.input.pressSequentially(typed);
      const list = ui.panel.getByRole("listbox");
      const options = list.getByRole("option");
      await scenario({ ...world, ui, list, options });
    })),
  );

const active = (input) => input.evaluate((node) => node.getRootNode().getElementById(node.getAttribute("aria-activedescendant"))?.textContent ?? null);
const focused = (page) => page.evaluate(() => document.activeElement.shadowRoot.activeElement.id);

typing("what_others_ask_is_offered_as_a_listbox_and_nothing_is_chosen", async ({ desk, ui, list, options }) => {
  await list.waitFor();
  assert.deepEqual(await options.allInnerTexts(), suggestions.map(({ label }) => label));
  assert.equal(await ui.input.getAttribute("role"), "combobox");
  assert.equal(await ui.input.getAttribute("aria-expanded"), "true");
  assert.equal(await ui.input.getAttribute("aria-autocomplete"), "list");
  assert.equal(await ui.input.getAttribute("aria-controls"), await list.getAttribute("id"));
  assert.equal(await active(ui.input), null);
  assert.equal(await list.getByRole("option", { selected: true }).count(), 0);
  // Asked for once, when the typing paused.
  assert.deepEqual(desk.typed, ["ummel"]);
}, { proves: ["4.1.2"] });

typing("the_arrow_keys_go_round_and_the_focus_stays_in_the_field", async ({ page, ui, list, options }) => {
  await list.waitFor();
  const visited = [];
  for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown"]) {
    await ui.input.press(key);
    visited.push(await options.evaluateAll((all) => all.findIndex((option) => option.ariaSelected === "true")));
  }
  assert.deepEqual(visited, [0, 1, 0, 2, 0]);
  assert.equal(await active(ui.input), suggestions[0].label);
  assert.equal(await focused(page), "question");
  assert.equal(await ui.input.inputValue(), "ummel");
}, { proves: ["2.1.1"] });

typing("enter_on_an_option_asks_it", async ({ desk, ui, list }) => {
  await list.waitFor();
  await ui.input.press("ArrowDown");
  await ui.input.press("ArrowDown");
  await ui.input.press("Enter");
  await ui.replies.nth(1).waitFor();
  assert.equal(desk.questions[0].text, "wohnsitz-ummeldung.location");
  assert.match(await ui.questions.first().innerText(), /Wo melde ich meinen Wohnsitz um\?/);
  assert.equal(await ui.input.inputValue(), "");
  assert.equal(await list.isVisible(), false);
});

typing("a_tap_on_an_option_asks_it", async ({ page, desk, ui, options }) => {
  await options.nth(2).click();
  await ui.replies.nth(1).waitFor();
  assert.equal(desk.questions[0].text, "Was kostet das Ummelden?");
  assert.equal(await focused(page), "question");
});

typing("enter_without_a_choice_sends_what_was_typed", async ({ desk, ui, list }) => {
  await list.waitFor();
  await ui.input.press("Enter");
  await ui.replies.nth(1).waitFor();
  assert.equal(desk.questions[0].text, "ummel");
  assert.equal(await list.isVisible(), false);
}, { proves: ["3.2.2"] });

typing("escape_closes_the_list_first_and_then_the_panel", async ({ ui, list }) => {
  await list.waitFor();
  await ui.input.press("Escape");
  assert.equal(await list.isVisible(), false);
  assert.equal(await ui.input.getAttribute("aria-expanded"), "false");
  assert.equal(await ui.input.inputValue(), "ummel");
  assert.equal(await ui.panel.isVisible(), true);
  await ui.input.press("Escape");
  assert.equal(await ui.panel.isVisible(), false);
});

typing("leaving_the_field_closes_the_list", async ({ ui, list }) => {
  await list.waitFor();
  await ui.log.focus();
  assert.equal(await list.isVisible(), false);
});

typing("two_letters_are_too_few_and_no_suggestion_is_no_list", async ({ desk, ui, list }) => {
  desk.suggestions = [];
  await ui.input.pressSequentially("m");
  await eventually(async () => desk.typed.length === 1, "a request");
  assert.deepEqual(desk.typed, ["umm"]);
  assert.equal(await list.isVisible(), false);
  assert.equal(await ui.input.getAttribute("aria-expanded"), "false");
}, { typed: "um" });

typing("a_slow_suggestion_never_stands_in_the_way", async ({ page, desk, ui, list }) => {
  await list.waitFor();
  let release;
  const aborted = [];
  page.on("requestfailed", (request) => aborted.push(new URL(request.url()).searchParams.get("q")));
  await page.route("**/api/v1/suggest*", (route) => new Promise((resolve) => (release = () => resolve(route.continue().catch(() => {})))));
  await ui.input.press("d");
  await eventually(async () => release, "a request");
  await ui.input.press("e");
  // The former request is taken back.
  await eventually(async () => aborted.includes("ummeld"), "an abort");
  await ui.input.press("Enter");
  await ui.replies.nth(1).waitFor();
  release();
  assert.equal(desk.questions[0].text, "ummelde");
  assert.equal(await list.isVisible(), false);
});

test("a_desk_without_suggestions_is_no_trouble", () =>
  withPage(browser, {}, async ({ page, visit }) => {
    const ui = await visit();
    await ui.opens();
    await page.route("**/api/v1/suggest*", (route) => route.fulfill({ status: 500, body: "" }));
    const answered = page.waitForResponse("**/api/v1/suggest*");
    await ui.input.pressSequentially("ummel");
    await answered;
    assert.equal((await ui.alert.innerText()).trim(), "");
    await ui.input.press("Enter");
    await ui.replies.nth(1).waitFor();
  }));
