// What the element does: opens, asks, shows, fails kindly, closes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { proving } from "../../../tests/browser/evidence.mjs";
import { eventually, startBrowser, withPage } from "./browser.mjs";
import * as replies from "./replies.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

const desk = (name, scenario, { proves = [], ...options } = {}) => test(name, proving(proves, () => withPage(browser, options, scenario)));

const focused = (page) =>
  page.evaluate(() => {
    const outer = document.activeElement;
    const inner = outer.shadowRoot?.activeElement ?? outer;
    return inner.id || inner.className || inner.localName;
  });

desk("opening_greets_and_moves_the_focus_to_the_input", async ({ page, desk, visit }) => {
  const ui = await visit();
  assert.equal(await ui.launcher.getAttribute("aria-expanded"), "false");
  assert.equal(desk.greetings.length, 0);

  await ui.opens();

  assert.equal(await focused(page), "question");
  assert.equal(await ui.panel.getAttribute("aria-modal"), null);
  assert.deepEqual(desk.greetings, ["de"]);
  assert.match(await ui.replies.first().innerText(), /automatische Assistent/);
  assert.notEqual(await ui.host.getAttribute("open"), null);
});

desk("escape_closes_and_gives_the_focus_back", async ({ page, visit }) => {
  const ui = await visit();
  await ui.opens();
  await page.keyboard.press("Escape");
  await ui.panel.waitFor({ state: "hidden" });
  assert.match(await focused(page), /launcher/);
  assert.equal(await ui.host.getAttribute("open"), null);
}, { proves: ["2.1.2", "2.4.3"] });

desk("the_whole_conversation_works_by_keyboard", async ({ page, desk, visit }) => {
  const ui = await visit();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await ui.replies.first().waitFor();
  desk.answers(replies.choices);
  await page.keyboard.type("ummelden");
  await page.keyboard.press("Enter");
  await ui.replies.nth(1).waitFor();
  // Back from the input into the log: the last choice comes first.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await ui.replies.nth(2).waitFor();
  assert.equal(desk.questions.at(-1).text, "wohnsitz-ummelden");
  // The button just pressed keeps the focus.
  assert.match(await focused(page), /choice/);
}, { proves: ["2.1.1", "2.4.3"] });

desk("the_page_opener_gets_the_focus_back", async ({ page, visit }) => {
  const ui = await visit();
  await page.evaluate(() => {
    const button = document.querySelector("#page");
    button.addEventListener("click", () => (document.querySelector("auskunft-chat").open = true));
  });
  await page.locator("#page").click();
  await ui.replies.first().waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "page");
}, { proves: ["2.4.3"] });

desk("the_panel_does_not_trap_the_page", async ({ page, visit }) => {
  const ui = await visit();
  await ui.opens();
  await page.locator("#page").focus();
  await page.keyboard.press("Escape");
  assert.equal(await ui.panel.isVisible(), true);
  assert.equal(await focused(page), "page");
});

desk("an_open_attribute_opens_without_taking_the_focus", async ({ page, visit }) => {
  const ui = await visit({ attributes: "open" });
  await ui.replies.first().waitFor();
  assert.equal(await focused(page), "body");
  await page.evaluate(() => document.querySelector("auskunft-chat").removeAttribute("open"));
  await ui.panel.waitFor({ state: "hidden" });
});

desk("enter_asks", async ({ desk, visit }) => {
  const ui = await visit();
  await ui.opens();
  await ui.input.pressSequentially("Auto ummelden");
  await ui.input.press("Enter");
  await ui.replies.nth(1).waitFor();
  assert.deepEqual(desk.questions, [{ text: "Auto ummelden", lang: "de", conversation: "c0" }]);
  assert.match(await ui.questions.first().innerText(), /Auto ummelden/);
  assert.equal(await ui.input.inputValue(), "");
});

desk("the_conversation_travels_with_every_question", async ({ desk, visit }) => {
  const ui = await visit();
  await ui.opens();
  desk.answers(replies.checklist);
  await ui.asks("ummelden");
  await ui.asks("und was kostet das?");
  assert.deepEqual(desk.questions.map((question) => question.conversation), ["c0", "c1"]);
});

desk("a_choice_is_sent_marked_and_settled", async ({ desk, visit }) => {
  const ui = await visit();
  await ui.opens();
  desk.answers(replies.choices);
  await ui.asks("ummelden");
  await ui.log.getByRole("button", { name: "Neues Auto anmelden" }).click();
  await ui.replies.nth(2).waitFor();

  assert.deepEqual(desk.questions.at(-1), { text: "kfz-neuzulassung", lang: "de", conversation: "c-clarify" });
  assert.match(await ui.questions.last().innerText(), /Neues Auto anmelden/);
  const chosen = ui.replies.nth(1).getByRole("button", { name: "Neues Auto anmelden" });
  assert.equal(await chosen.getAttribute("aria-pressed"), "true");
  const other = ui.replies.nth(1).getByRole("button", { name: "Auto ummelden" });
  assert.equal(await other.getAttribute("aria-disabled"), "true");
  await other.click({ force: true });
  await ui.asks("weiter");
  assert.equal(desk.questions.length, 3);
});

desk("a_failed_choice_can_be_chosen_again", async ({ desk, visit }) => {
  const ui = await visit();
  await ui.opens();
  desk.answers(replies.choices);
  await ui.asks("ummelden");
  desk.fails(500);
  await ui.log.getByRole("button", { name: "Auto ummelden" }).first().click();
  await ui.retry.waitFor();
  assert.equal(await ui.log.locator("[aria-disabled]:visible").count(), 0);
  await ui.retry.click();
  await ui.replies.nth(2).waitFor();
  assert.equal(desk.questions.at(-1).text, "kfz-umschreibung");
});

for (const [what, break_, sentence] of [
  ["a_dropped_line", (desk) => desk.drops(), /nicht zu erreichen/],
  ["a_broken_desk", (desk) => desk.fails(500), /nicht zu erreichen/],
  ["a_desk_that_explains_itself", (desk) => desk.fails(503, "Wir sind gleich zurück."), /Wir sind gleich zurück/],
  ["too_many_questions", (desk) => desk.fails(429, "Bitte warten Sie 20 Sekunden."), /warten Sie/],
  ["nonsense_instead_of_a_reply", (desk) => desk.answers("<html>"), /nicht zu erreichen/],
]) {
  desk(`${what}_keeps_the_text_and_can_be_retried`, async ({ desk, visit }) => {
    const ui = await visit();
    await ui.opens();
    break_(desk);
    await ui.input.fill("Was kostet das?");
    await ui.send.click();
    await ui.retry.waitFor();

    assert.match(await ui.alert.innerText(), sentence);
    assert.equal(await ui.input.inputValue(), "Was kostet das?");
    assert.equal(await ui.questions.count(), 0);

    await ui.retry.click();
    await ui.replies.nth(1).waitFor();
    assert.equal(desk.questions.at(-1).text, "Was kostet das?");
    assert.equal(await ui.input.inputValue(), "");
    assert.equal((await ui.alert.innerText()).trim(), "");
  });
}

desk("being_offline_is_said_as_such", async ({ context, visit }) => {
  const ui = await visit();
  await ui.opens();
  await context.setOffline(true);
  await ui.input.fill("Hallo");
  await ui.input.press("Enter");
  await ui.retry.waitFor();
  assert.match(await ui.alert.innerText(), /Keine Internetverbindung.*Ihr Text bleibt stehen/);
  // What the site owner offers without JavaScript is offered here too.
  assert.equal(await ui.host.getByRole("link", { name: "Fragen und Antworten" }).isVisible(), true);
  await context.setOffline(false);
  await ui.replies.nth(1).waitFor();
});

desk("fifteen_seconds_are_enough", async ({ page, desk, visit }) => {
  await page.clock.install();
  const ui = await visit();
  await ui.opens();
  desk.hangs();
  await ui.input.fill("Hallo");
  await ui.input.press("Enter");
  await desk.hanging();
  await page.clock.fastForward(1000);
  await eventually(async () => /Einen Moment/.test(await ui.status.innerText()), "a word about waiting");
  await page.clock.fastForward(15_000);
  await ui.retry.waitFor();
  assert.match(await ui.alert.innerText(), /nicht zu erreichen/);
  assert.equal(await ui.input.inputValue(), "Hallo");
}, { proves: ["4.1.3"] });

desk("a_refused_question_is_the_visitors_to_change", async ({ desk, visit }) => {
  const ui = await visit();
  await ui.opens();
  desk.fails(400, "Bitte fragen Sie kürzer.");
  await ui.input.fill("viel");
  await ui.input.press("Enter");
  await eventually(async () => /kürzer/.test(await ui.alert.innerText()), "the desk's sentence");
  assert.equal(await ui.retry.isVisible(), false);
  assert.equal(await ui.input.inputValue(), "viel");
}, { proves: ["3.3.1", "4.1.3"] });

const UNREADABLE = [400, "Ich finde den Anfang unseres Gesprächs nicht mehr.", "invalid_conversation"];

desk("a_conversation_the_desk_cannot_read_is_dropped_and_the_question_asked_once_more", async ({ page, desk, visit }) => {
  let ui = await visit();
  await ui.opens();
  desk.answers(replies.checklist);
  await ui.asks("ummelden");

  // The desk was renewed meanwhile, and the tab still holds what the old one handed out.
  ui = await visit({ path: "/andere-seite" });
  await ui.opens();
  desk.fails(...UNREADABLE);
  desk.answers({ ...replies.text, conversation: "c2" });
  await ui.asks("und was kostet das?");

  assert.deepEqual(desk.questions.slice(1).map(({ text, conversation }) => [text, conversation]), [
    ["und was kostet das?", "c1"],
    ["und was kostet das?", null],
  ]);
  assert.equal(await ui.questions.count(), 2);
  assert.equal(await ui.input.inputValue(), "");
  assert.equal((await ui.alert.innerText()).trim(), "");
  assert.match(await page.evaluate(() => Object.values(sessionStorage)[0]), /"conversation":"c2"/);
  await ui.asks("danke");
  assert.equal(desk.questions.at(-1).conversation, "c2");
});

desk("a_desk_that_refuses_twice_is_not_asked_for_ever", async ({ desk, visit }) => {
  const ui = await visit();
  await ui.opens();
  desk.fails(...UNREADABLE);
  desk.fails(...UNREADABLE);
  await ui.input.fill("Hallo");
  await ui.input.press("Enter");
  await eventually(async () => /Anfang unseres Gesprächs/.test(await ui.alert.innerText()), "the desk's sentence");
  assert.equal(desk.questions.length, 2);
  assert.equal(await ui.input.inputValue(), "Hallo");
  await ui.send.click();
  await ui.replies.nth(1).waitFor();
  assert.equal(desk.questions.at(-1).conversation, null);
});

desk("closing_hangs_up_and_keeps_the_text", async ({ page, desk, visit }) => {
  const ui = await visit();
  await ui.opens();
  desk.hangs();
  await ui.input.fill("Hallo");
  const dropped = page.waitForEvent("requestfailed");
  await ui.input.press("Enter");
  await desk.hanging();
  await page.keyboard.press("Escape");
  await dropped;
  await ui.launcher.click();
  assert.equal(await ui.input.inputValue(), "Hallo");
  assert.equal(await ui.questions.count(), 0);
  assert.equal((await ui.alert.innerText()).trim(), "");
});

desk("what_is_typed_while_waiting_is_not_lost", async ({ desk, visit }) => {
  const ui = await visit();
  await ui.opens();
  desk.hangs();
  await ui.input.fill("eins");
  await ui.input.press("Enter");
  const answer = await desk.hanging();
  await ui.input.fill("zwei");
  await ui.input.press("Enter");
  assert.equal(await ui.input.inputValue(), "zwei");
  answer();
  await ui.replies.nth(1).waitFor();
  assert.equal(await ui.input.inputValue(), "zwei");
  await ui.input.press("Enter");
  await ui.replies.nth(2).waitFor();
  assert.deepEqual(desk.questions.map((question) => question.text), ["eins", "zwei"]);
});

desk("a_failed_greeting_can_be_retried", async ({ desk, visit }) => {
  const ui = await visit();
  desk.fails(500);
  await ui.launcher.click();
  await ui.retry.click();
  await ui.replies.first().waitFor();
  assert.equal(desk.greetings.length, 2);
});

desk("ask_opens_and_asks_and_the_greeting_still_stands_first", async ({ page, desk, visit }) => {
  const ui = await visit();
  desk.answers(replies.greeting, replies.checklist);
  await page.evaluate(() => document.querySelector("auskunft-chat").ask("Was brauche ich?"));
  await ui.replies.nth(1).waitFor();
  assert.match(await ui.replies.first().innerText(), /automatische Assistent/);
  assert.deepEqual(desk.questions.map((question) => question.text), ["Was brauche ich?"]);
});

desk("a_question_too_long_to_ask_waits_in_the_input", async ({ page, desk, visit }) => {
  const ui = await visit();
  await ui.opens();
  await page.evaluate(() => document.querySelector("auskunft-chat").ask("lang ".repeat(300)));
  assert.match(await ui.panel.locator(".counter").innerText(), /1000 Zeichen/);
  await ui.input.press("Enter");
  assert.equal(desk.questions.length, 0);
});

desk("the_limit_is_named_where_it_is_reached", async ({ visit }) => {
  const ui = await visit();
  const counter = ui.panel.locator(".counter");
  await ui.opens();
  await ui.input.fill("x".repeat(999));
  assert.equal(await counter.innerText(), "");
  await ui.input.fill("x".repeat(1000));
  assert.match(await counter.innerText(), /Höchstens 1000/);
  await ui.input.press("x");
  assert.equal((await ui.input.inputValue()).length, 1000);
});

desk("events_bubble_and_tell_nothing_of_what_was_said", async ({ page, desk, visit }) => {
  await page.addInitScript(() => {
    window.heard = [];
    for (const what of ["open", "reply", "close"]) {
      document.addEventListener(`auskunft-chat:${what}`, (event) => window.heard.push([what, event.detail]));
    }
  });
  const ui = await visit();
  await ui.opens();
  desk.answers(replies.checklist);
  await ui.asks("Geheimes");
  await ui.close.click();
  const heard = await page.evaluate(() => window.heard);
  assert.deepEqual(heard, [
    ["open", null],
    ["reply", { kind: "answer", lang: "de", service: "kfz-umschreibung", facet: "documents", answer_id: "a-1" }],
    ["close", null],
  ]);
});

desk("each_reply_enters_the_log_once_and_whole", async ({ page, desk, visit }) => {
  const ui = await visit();
  await ui.opens();
  await ui.log.evaluate((log) => {
    window.added = [];
    new MutationObserver((records) => {
      for (const { addedNodes } of records) for (const node of addedNodes) window.added.push(node.className);
    }).observe(log, { childList: true, subtree: true });
  });
  desk.answers(replies.checklist);
  await ui.asks("ummelden");
  await ui.close.click();
  await ui.launcher.click();
  assert.deepEqual(await page.evaluate(() => window.added), ["message visitor", "message desk"]);
}, { proves: ["4.1.3"] });

desk("a_conversation_survives_a_change_of_page", async ({ desk, visit }) => {
  let ui = await visit();
  await ui.opens();
  desk.answers(replies.choices);
  await ui.asks("ummelden");
  desk.answers(replies.checklist);
  await ui.log.getByRole("button", { name: "Auto ummelden" }).first().click();
  await ui.replies.nth(2).waitFor();

  ui = await visit({ path: "/andere-seite" });
  await ui.opens();
  assert.equal(await ui.replies.count(), 3);
  assert.deepEqual(desk.greetings.length, 1);
  assert.equal(await ui.replies.nth(1).locator("[aria-pressed]").innerText(), "Auto ummelden");
  await ui.asks("Was kostet das?");
  assert.equal(desk.questions.at(-1).conversation, "c1");
});

desk("damaged_storage_begins_anew", async ({ page, desk, visit }) => {
  let ui = await visit();
  await ui.opens();
  await ui.asks("Hallo");
  for (const rubbish of ["{", "[]", '{"lines":[{"by":"desk","reply":{"blocks":7}},null,3],"conversation":{}}']) {
    await page.evaluate((value) => sessionStorage.setItem(Object.keys(sessionStorage)[0], value), rubbish);
    ui = await visit();
    await ui.opens();
    assert.equal(await ui.questions.count(), 0);
  }
  assert.equal(desk.greetings.length, 4);
});

desk("clearing_deletes_everything_and_begins_anew", async ({ page, desk, visit }) => {
  const ui = await visit();
  await ui.opens();
  desk.answers(replies.checklist);
  await ui.asks("ummelden");
  assert.equal(await page.evaluate(() => sessionStorage.length), 1);
  await ui.input.fill("Entwurf");

  await ui.clear.click();
  await eventually(async () => (await ui.replies.count()) === 1 && (await ui.questions.count()) === 0, "only the greeting");
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  assert.equal(await ui.input.inputValue(), "");
  assert.equal(await ui.status.innerText(), "Gespräch löschen: erledigt");
  await ui.asks("neu");
  assert.equal(desk.questions.at(-1).conversation, "c0");
});

desk("clearing_while_waiting_forgets_the_question", async ({ page, desk, visit }) => {
  const ui = await visit();
  await ui.opens();
  desk.hangs();
  await ui.input.fill("Geheimes");
  await ui.input.press("Enter");
  await desk.hanging();
  await ui.clear.click();
  await eventually(async () => (await ui.questions.count()) === 0 && (await ui.replies.count()) === 1, "only the greeting");
  assert.equal(await ui.input.inputValue(), "");
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await ui.asks("weiter");
});

desk("nothing_listens_after_disconnecting", async ({ page, context, visit }) => {
  const cdp = await context.newCDPSession(page);
  const listeners = async (expression, depth = -1) => {
    const { result } = await cdp.send("Runtime.evaluate", { expression });
    const found = await cdp.send("DOMDebugger.getEventListeners", { objectId: result.objectId, depth, pierce: true });
    return found.listeners.length;
  };
  const ui = await visit();
  // What is heard of the page: a link that asks, where the focus goes, and being online again.
  const ofPage = async () => ({ window: await listeners("window", 1), document: await listeners("document", 1) });
  assert.deepEqual(await ofPage(), { window: 1, document: 2 });
  await ui.opens();
  await page.evaluate(() => {
    window.element = document.querySelector("auskunft-chat");
    window.drawn = element.shadowRoot.firstElementChild;
  });
  assert.ok((await listeners("drawn")) >= 8);

  await page.evaluate(() => element.remove());
  assert.equal(await listeners("drawn"), 0);
  assert.equal(await listeners("element"), 0);
  assert.deepEqual(await ofPage(), { window: 0, document: 0 });
});

desk("moving_the_element_keeps_conversation_and_draft", async ({ page, desk, visit }) => {
  const ui = await visit();
  await ui.opens();
  await ui.asks("Hallo");
  await ui.input.fill("Entwurf");
  await page.evaluate(() => document.querySelector("main").append(document.querySelector("auskunft-chat")));
  assert.equal(await ui.questions.count(), 1);
  assert.equal(await ui.input.inputValue(), "Entwurf");
  await ui.asks("noch da?");
  assert.equal(desk.greetings.length, 1);
});

desk("a_new_language_relabels_and_is_sent", async ({ page, desk, visit }) => {
  const ui = await visit({ attributes: 'lang="de"', lang: "fr" });
  await ui.opens();
  await page.evaluate(() => document.querySelector("auskunft-chat").setAttribute("lang", "en-GB"));
  assert.equal(await ui.panel.getByText("Your question", { exact: true }).isVisible(), true);
  assert.equal(await ui.panel.locator("..").getAttribute("lang"), "en");
  await ui.asks("hello");
  assert.equal(desk.questions[0].lang, "en");
});

desk("a_language_we_do_not_have_is_answered_in_english", async ({ desk, visit }) => {
  const ui = await visit({ lang: "nl-BE" });
  await ui.opens();
  assert.deepEqual(desk.greetings, ["en"]);
  assert.equal(await ui.panel.getByText("Your question", { exact: true }).isVisible(), true);
});

desk("a_mistyped_server_falls_back_to_the_scripts_origin", async ({ desk, visit }) => {
  const ui = await visit({ attributes: 'server="javascript:alert(1)"' });
  await ui.opens();
  assert.equal(desk.greetings.length, 1);
});

desk("loading_the_script_twice_does_no_harm", async ({ desk, visit }) => {
  const ui = await visit({ more: `<script src="${desk.origin}/widget.js" defer></script>` });
  await ui.opens();
  assert.equal(await ui.panel.count(), 1);
});

test("without_javascript_the_link_remains", async () => {
  await withPage(browser, { javaScriptEnabled: false }, async ({ page, visit }) => {
    await visit();
    assert.equal(await page.getByRole("link", { name: "Fragen und Antworten" }).isVisible(), true);
  });
});
