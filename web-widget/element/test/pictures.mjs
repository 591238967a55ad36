// Draws the element for the eye: every block, light, dark, small, forced colours.
//
//   node test/pictures.mjs FOLDER
//
// The pictures of the README show the real desk; tests/browser/pictures.mjs draws them.

import { mkdir } from "node:fs/promises";
import { chat, startBrowser } from "./browser.mjs";
import { MockDesk, Town, townPage } from "./mock-server.mjs";
import { everyBlock } from "./replies.mjs";

const folder = process.argv[2];
if (!folder) throw new Error("name a folder: npm run pictures -- FOLDER");
await mkdir(folder, { recursive: true });

const desk = await new MockDesk().start();
const town = await new Town().start();
const browser = await startBrowser();

async function visit(options, attributes = "") {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "de-DE", ...options });
  const page = await context.newPage();
  await page.goto(town.publish("/", townPage(desk, { attributes })));
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
const { page, ui, context } = await visit({ viewport: { width: 520, height: 760 } });
await ui.opens();
desk.fails(503);
await ui.input.fill("Was kostet ein Parkausweis? ".repeat(32));
await ui.input.press("Enter");
await ui.retry.waitFor();
await page.screenshot({ path: `${folder}/failure.png` });
await context.close();

await browser.close();
await desk.stop();
await town.stop();
