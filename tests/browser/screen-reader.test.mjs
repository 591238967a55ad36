// What a screen reader finds in the open panel, as text that people have read: snapshots/*.yml
//
// AUSKUNFT_WRITE=1 writes what it finds now. Read the difference aloud before you commit it.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { startBrowser, withPage } from "./browser.mjs";
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

/** Each with its language, and what is asked: a short list, a question back, and a German list for a reader of Arabic. */
const CONVERSATIONS = {
  list: ["de", "unterlagen feinstaubplakette"],
  choices: ["de", "jagdschein"],
  "arabic-list": ["ar", "ما الأوراق المطلوبة؟ Feinstaubplakette"],
};

for (const [name, [language, question]] of Object.entries(CONVERSATIONS)) {
  test(`a_screen_reader_finds_what_was_read_and_agreed: ${name}`, proving(["1.3.1", "4.1.2"], () =>
    withPage(browser, program, {}, async ({ page, ui }) => {
      await page.goto(`${program.origin}/`);
      await ui.host.evaluate((host, lang) => host.setAttribute("lang", lang), language);
      await ui.opens();
      await ui.asks(question);
      const found = `${(await ui.panel.ariaSnapshot()).replaceAll(program.origin, "https://desk.example")}\n`;
      const snapshot = new URL(`snapshots/${name}.yml`, import.meta.url);
      if (process.env.AUSKUNFT_WRITE === "1") await writeFile(snapshot, found);
      assert.equal(found, await readFile(snapshot, "utf8"), "read the difference, then run with AUSKUNFT_WRITE=1");
    })),
  );
}

// What is written on a control is part of the name by which a voice has to call it.
test("whoever_speaks_what_is_written_on_a_control_is_understood", proving(["2.5.3"], () =>
  withPage(browser, program, {}, async ({ page, visitor, ui }) => {
    await page.goto(`${program.origin}/`);
    await ui.opens();
    const answer = await ui.asks("was brauche ich um mein auto umzumelden");
    await answer.getByRole("button", { name: "Nein", exact: true }).click();
    await answer.locator("summary").click();
    const devtools = await visitor.newCDPSession(page);
    await devtools.send("Accessibility.enable");
    const { nodes } = await devtools.send("Accessibility.getFullAXTree");
    const names = nodes.filter(({ role }) => /^(button|link|combobox|textbox|checkbox)$/i.test(role?.value ?? "")).map(({ name }) => tidy(name.value));
    const written = await ui.panel.evaluate((panel) => {
      // A label may hold its control, whose own words are no part of it.
      const wordsBeside = (node) => [...node.labels].flatMap(({ childNodes }) => [...childNodes].filter((one) => one !== node)).map(({ textContent }) => textContent);
      const controls = [...panel.querySelectorAll("button, a[href], input, select")].filter((node) => node.checkVisibility());
      return controls.map((node) => (node.labels?.length ? wordsBeside(node).join("") : node.innerText));
    });
    assert.ok(written.length > 20, `${written.length} controls`);
    const unheard = written.map(tidy).filter((words) => words === "" || !names.some((name) => name.includes(words)));
    assert.deepEqual(unheard, []);
  })),
);

const tidy = (text) => text.replace(/\s+/g, " ").trim();
