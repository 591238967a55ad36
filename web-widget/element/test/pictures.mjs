// Draws the element for the eye: every block, light, dark, small, forced colours, and every language.
//
//   node test/pictures.mjs FOLDER
//
// The pictures of the README show the real desk; tests/browser/pictures.mjs draws them.

import { mkdir } from "node:fs/promises";
import { chat, startBrowser } from "./browser.mjs";
import { MockDesk, Town, townPage } from "./mock-server.mjs";
import { everyBlock, suggestions } from "./replies.mjs";

const folder = process.argv[2];
if (!folder) throw new Error("name a folder: npm run pictures -- FOLDER");
await mkdir(folder, { recursive: true });

const desk = await new MockDesk().start();
const town = await new Town().start();
const browser = await startBrowser();

async function visit(options, how = {}) {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "de-DE", ...options });
  const page = await context.newPage();
  await page.clock.setFixedTime("2026-11-25T09:20:00Z");
  await page.goto(town.publish("/", townPage(desk, how)));
  return { page, context, ui: chat(page) };
}

async function ask(ui, name) {
  if (name === "greeting") return;
  desk.answers(everyBlock[name]);
  await ui.asks("Ich möchte mein Auto ummelden, was muss ich mitbringen?");
}

const looks = {
  light: { colorScheme: "light", viewport: { width: 520, height: 760 } },
  dark: { colorScheme: "dark", viewport: { width: 520, height: 760 } },
  small: { colorScheme: "light", viewport: { width: 320, height: 640 } },
  zoomed: { colorScheme: "light", viewport: { width: 320, height: 256 } },
  forced: { forcedColors: "active", viewport: { width: 520, height: 760 } },
};
for (const [look, options] of Object.entries(looks)) {
  for (const name of Object.keys(everyBlock)) {
    const { page, context, ui } = await visit(options);
    if (name === "greeting") await page.screenshot({ path: `${folder}/${look}-closed.png` });
    await ui.opens();
    await ask(ui, name);
    await page.screenshot({ path: `${folder}/${look}-${name}.png` });
    await context.close();
  }
}
const usual = { viewport: { width: 520, height: 760 } };
for (const lang of ["de-simple", "en", "fr", "tr", "pl", "ru", "uk", "ar"]) {
  for (const [size, options] of Object.entries({ large: usual, small: looks.small })) {
    const { page, context, ui } = await visit(options, { lang });
    await ui.opens();
    desk.answers({ ...everyBlock.openToday, lang });
    await ui.asks("?");
    await page.screenshot({ path: `${folder}/language-${lang}-${size}.png` });
    await context.close();
  }
}
for (const [look, options] of Object.entries(looks)) {
  const { page, context, ui } = await visit(options);
  await ui.opens();
  desk.suggestions = suggestions;
  await ui.input.pressSequentially("ummel");
  await ui.panel.getByRole("listbox").waitFor();
  await ui.input.press("ArrowDown");
  await page.screenshot({ path: `${folder}/${look}-suggestions.png` });
  await ui.input.press("Escape");
  await ask(ui, "appointment");
  await ui.replies.nth(1).getByRole("button", { name: "Nein" }).click();
  await ui.replies.nth(1).getByRole("button", { name: "Unvollständig" }).click();
  await ui.replies.nth(1).locator("form").scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${folder}/${look}-verdict.png` });
  await context.setOffline(true);
  await ui.input.fill("Was kostet ein Parkausweis? ".repeat(36).slice(0, 1000));
  await ui.input.press("Enter");
  await ui.retry.waitFor();
  await page.screenshot({ path: `${folder}/${look}-offline.png` });
  await context.close();
}

await browser.close();
await desk.stop();
await town.stop();
