// Draws the two pictures of the element's README from the real program: node pictures.mjs

import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chat, startBrowser } from "./browser.mjs";
import { pack, png } from "./packing.mjs";
import { Program } from "./program.mjs";

const docs = fileURLToPath(new URL("../../web-widget/element/docs/", import.meta.url));
const program = await Program.start();
const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 880, height: 760 }, locale: "de-DE", reducedMotion: "reduce" });
await page.goto(`${program.origin}/`);
const ui = chat(page);
await ui.launcher.waitFor();
await draw("closed.png");
await ui.opens();
await ui.asks("was brauche ich um mein auto umzumelden");
// Nothing is hovered over.
await page.mouse.move(0, 0);
await draw("open.png");
await browser.close();
await program.stop();

async function draw(name) {
  await writeFile(docs + name, png(await pack(browser, [await page.screenshot()], { palettes: [256] })));
}
