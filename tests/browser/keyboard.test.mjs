// Without a mouse: every stop of the Tab key is seen, nothing holds the visitor, and everything that can be done is done.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { catchPrinting } from "../../web-widget/element/test/printing.mjs";
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

const visitor = (name, criteria, path, scenario, options = {}) =>
  test(name, proving(criteria, () =>
    withPage(browser, program, options, async (world) => {
      await world.page.goto(program.origin + path);
      await scenario(world);
    })),
  );

const MOST_STOPS = 150;

/** Where the keyboard is: what it is called, whether one sees that it is there, and whether anything of it is in sight. */
const focused = (page) =>
  page.evaluate(() => {
    const outer = document.activeElement;
    const node = outer.shadowRoot?.activeElement ?? outer;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(node);
    const isMarked = outlineStyle === "auto" || (outlineStyle === "solid" && Number.parseFloat(outlineWidth) >= 2 && !/ 0\)|transparent/.test(outlineColor));
    const isInSight = [...node.getClientRects()].some((rect) => {
      const [left, right] = [Math.max(rect.left, 0), Math.min(rect.right, innerWidth)];
      const [top, bottom] = [Math.max(rect.top, 0), Math.min(rect.bottom, innerHeight)];
      return [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].some(([across, down]) => {
        const hit = node.getRootNode().elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
        return node.contains(hit);
      });
    });
    // Named by its own words, or by those of its label.
    const words = (node.labels?.length ? [...node.labels] : [node]).map(({ textContent }) => textContent.trim().replace(/\s+/g, " "));
    return { what: `${node.localName} ${words.join(" ")}`, isWithin: outer.localName === "auskunft-chat", isMarked, isInSight, isPage: node === document.body };
  });

/** Presses `key` until the focus is at `label`. */
async function walksTo(page, key, label) {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press(key);
    if ((await focused(page)).what.endsWith(` ${label}`)) return;
  }
  throw new Error(`${label} is not among the stops of ${key}`);
}

/** Every stop of `key` from where the focus is now, as long as `goesOn`. */
async function stopsOf(page, key, goesOn) {
  const stops = [];
  for (let stop = await focused(page); goesOn(stop); stop = await focused(page)) {
    stops.push(stop);
    assert.ok(stops.length < MOST_STOPS, `the keyboard is held: ${JSON.stringify(stops.slice(-5))}`);
    await page.keyboard.press(key);
  }
  return stops;
}

const unseen = (stops) => stops.filter(({ isMarked, isInSight }) => !isMarked || !isInSight);

/** How many things in the open panel take the focus. */
const controls = (panel) =>
  panel.evaluate((node) =>
    [...node.querySelectorAll("button, a[href], input, select, summary, [tabindex='0']")].filter((one) => one.checkVisibility()).length,
  );

const LIST = "was brauche ich um mein auto umzumelden";

// 320 × 256 is a window of 1280 × 1024 at 400 % zoom.
for (const [width, height] of [[1280, 800], [320, 640], [320, 256]]) {
  const size = { viewport: { width, height } };

  visitor(`every_stop_of_the_tab_key_in_the_panel_is_seen_at_${width}_by_${height}`, ["2.1.2", "2.4.3", "2.4.7", "2.4.11"], "/", async ({ page, ui }) => {
    await ui.opens();
    const answer = await ui.asks(LIST);
    await answer.getByRole("button", { name: "Nein", exact: true }).click();
    await answer.locator("summary").click();
    const all = await controls(ui.panel);
    const isWithin = (stop) => stop.isWithin;
    // Only what the keyboard has reached shows it.
    await walksTo(page, "Shift+Tab", "Schließen");
    const forwards = await stopsOf(page, "Tab", isWithin);
    assert.deepEqual(unseen(forwards), []);
    assert.equal(forwards.length, all, "each control once");
    assert.ok(forwards.length > 20, `${forwards.length} stops`);
    assert.match(forwards.at(-1).what, /^button Gespräch löschen/);
    // And back again the same way.
    await page.reload();
    await ui.opens();
    await answer.locator("summary").click();
    await walksTo(page, "Tab", "Gespräch löschen");
    const backwards = await stopsOf(page, "Shift+Tab", isWithin);
    assert.deepEqual(unseen(backwards), []);
    assert.deepEqual(backwards.map(({ what }) => what).reverse(), forwards.map(({ what }) => what));
  }, size);

  visitor(`what_takes_the_focus_outside_the_panel_is_not_hidden_by_it_at_${width}_by_${height}`, ["2.4.11"], "/", async ({ page, ui }) => {
    for (const [edge, key] of [[ui.close, "Shift+Tab"], [ui.clear, "Tab"]]) {
      await page.reload();
      await ui.opens();
      await edge.focus();
      await page.keyboard.press(key);
      assert.deepEqual(unseen(await stopsOf(page, key, ({ isPage }) => !isPage)), []);
    }
  }, size);
}

visitor("a_list_is_made_shorter_ticked_printed_and_judged_by_keyboard_alone", ["2.1.1", "2.1.2", "2.4.3"], "/", async ({ page, ui }) => {
  await catchPrinting(page);
  await ui.launcher.waitFor();
  await walksTo(page, "Tab", "Frage stellen");
  await page.keyboard.press("Enter");
  await ui.replies.first().waitFor();
  await page.keyboard.type(LIST);
  await ui.answerTo(() => page.keyboard.press("Enter"));
  // From the input back into the answer.
  await walksTo(page, "Shift+Tab", "Meine eigene Liste");
  let answer = await ui.answerTo(() => page.keyboard.press("Enter"));
  for (let number = 1; !(await answer.locator(".checklist").count()); number += 1) {
    assert.match(await answer.innerText(), new RegExp(`Frage ${number} von \\d`));
    await walksTo(page, "Tab", await answer.locator(".block.choices").getByRole("button").first().innerText());
    answer = await ui.answerTo(() => page.keyboard.press("Enter"));
  }
  const box = answer.getByRole("checkbox").first();
  await walksTo(page, "Tab", await box.evaluate(({ labels }) => labels[0].textContent.trim().replace(/\s+/g, " ")));
  await page.keyboard.press("Space");
  assert.equal(await box.isChecked(), true);
  await walksTo(page, "Tab", "Drucken");
  await page.keyboard.press("Enter");
  assert.match(await eventually(() => page.evaluate(() => window.printed?.text), "a sheet"), /Zulassungsbescheinigung/);
  assert.match((await focused(page)).what, /^button Drucken/);
  await walksTo(page, "Tab", "Ja");
  await page.keyboard.press("Enter");
  await eventually(async () => /Danke/.test(await ui.status.innerText()), "thanks");
  assert.match((await focused(page)).what, /^button Ja/);
  await page.keyboard.press("Escape");
  await ui.panel.waitFor({ state: "hidden" });
  assert.match((await focused(page)).what, /^button Frage stellen/);
});

for (const path of ["/chat", "/leistungen", "/leistungen/kfz-neuzulassung", "/datenschutz", "/barrierefreiheit"]) {
  visitor(`every_stop_of_the_tab_key_is_seen_on: ${path}`, ["2.1.2", "2.4.3", "2.4.7", "2.4.11"], path, async ({ page }) => {
    const controls = await page.locator("a[href]:visible, button:visible, input:visible:not([type=hidden]), textarea:visible, summary:visible").count();
    await page.keyboard.press("Tab");
    const stops = await stopsOf(page, "Tab", ({ isPage }) => !isPage);
    assert.deepEqual(unseen(stops), []);
    assert.equal(stops.length, controls);
  });
}

visitor("the_first_stop_of_the_chat_page_leads_past_the_languages_to_the_field", ["2.4.1"], "/chat", async ({ page }) => {
  await page.keyboard.press("Tab");
  assert.match((await focused(page)).what, /^a Direkt zum Eingabefeld$/);
  await page.keyboard.press("Enter");
  await page.keyboard.type("habt ihr samstag offen");
  assert.equal(await page.getByRole("textbox").inputValue(), "habt ihr samstag offen");
});
