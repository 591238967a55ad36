// Draws the element for the README and for the eye.
//
//   node test/pictures.mjs            the two pictures in docs/
//   node test/pictures.mjs FOLDER     every block, light, dark, small, forced colours

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chat, startBrowser } from "./browser.mjs";
import { MockDesk, Town, townPage } from "./mock-server.mjs";
import { checklist, everyBlock } from "./replies.mjs";

const folder = process.argv[2];
const docs = fileURLToPath(new URL("../docs/", import.meta.url));
await mkdir(folder ?? docs, { recursive: true });

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

if (folder) {
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
} else {
  const { page, ui, context } = await visit({ viewport: { width: 440, height: 640 } });
  await page.screenshot({ path: `${docs}closed.png`, clip: { x: 0, y: 440, width: 440, height: 200 } });
  await ui.opens();
  desk.answers(checklist);
  await ui.asks("Was brauche ich zum Ummelden?");
  await page.screenshot({ path: `${docs}open.png` });
  await context.close();
}

await browser.close();
await desk.stop();
await town.stop();
