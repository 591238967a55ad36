// Draws the sheets that the element's README shows: every state of the widget over the real program, side by side, one
// sheet for each language and look.
//
//   node sheets.mjs [NAME…]            all sheets, or those named, into web-widget/element/docs
//   SHEETS=FOLDER node sheets.mjs      into another folder, with a PNG beside each

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chat, startBrowser, WORDS } from "./browser.mjs";
import { announce } from "./notice.mjs";
import { pack, png } from "./packing.mjs";
import { Program } from "./program.mjs";

const DOCS = fileURLToPath(new URL("../../web-widget/element/docs/", import.meta.url));
const MOST_BYTES = 75_000;
const PALETTES = [64, 32, 24, 16, 12];

/** A window that leaves the panel its own size, and one that it fills. */
const DESK = { viewport: { width: 500, height: 580 } };
const TELEPHONE = { viewport: { width: 320, height: 540 } };
/** Where the panel is closed the page is seen, as wide as the panel would be. */
const PANEL = { width: 432, height: 540 };

/** How to come to each state. The first three begin with what the desk itself suggests, and so in every language. */
const STATES = {
  closed: async () => {},
  greeting: (ui) => ui.opens(),
  list: (ui) => suggested(ui, 0),
  hours: (ui) => suggested(ui, 2),
  choices: (ui) => asked(ui, "Jagdschein"),
  notice: (ui) => asked(ui, "Wunschkennzeichen"),
  contact: (ui) => asked(ui, "Pizza"),
  verdict: async (ui) => {
    const answer = await asked(ui, "Wunschkennzeichen");
    const buttons = answer.locator(".feedback button");
    await buttons.nth(1).click();
    await buttons.nth(2).click();
    await answer.locator(".feedback form").evaluate((form) => form.scrollIntoView({ block: "end" }));
  },
  typing: async (ui) => {
    await ui.opens();
    await ui.input.pressSequentially("Führerschein");
    await ui.suggestions.waitFor();
    await ui.input.press("ArrowDown");
  },
  offline: async (ui) => {
    await asked(ui, "Jagdschein");
    await ui.page.context().setOffline(true);
    await ui.input.fill("Personalausweis");
    await ui.input.press("Enter");
    await ui.retry.waitFor();
  },
};

const ALL = ["closed", "greeting", "list", "hours", "choices", "notice", "contact", "verdict"];
const SOME = ["closed", "list", "notice", "verdict"];
const LOOKS = {
  dark: { ...DESK, colorScheme: "dark" },
  320: TELEPHONE,
  forced: { ...DESK, forcedColors: "active" },
};

const SHEETS = {
  ...Object.fromEntries(Object.keys(WORDS).map((language) => [`sheet-${language}`, { language, look: DESK, states: ALL }])),
  ...Object.fromEntries(
    ["de", "ar"].flatMap((language) => [
      ...Object.entries(LOOKS).map(([name, look]) => [`sheet-${name}-${language}`, { language, look, states: SOME }]),
      [`sheet-offline-${language}`, { language, look: DESK, states: ["typing", "offline"] }],
    ]),
  ),
};

async function suggested(ui, place) {
  await ui.opens();
  return ui.answerTo(() => ui.replies.first().getByRole("button").nth(place).click());
}

async function asked(ui, question) {
  await ui.opens();
  return ui.asks(question);
}

const program = await Program.start(announce);
const browser = await startBrowser();
const folder = process.env.SHEETS ?? DOCS;
await mkdir(folder, { recursive: true });
const named = process.argv.slice(2);
for (const [name, sheet] of Object.entries(SHEETS)) {
  if (named.length === 0 || named.includes(name)) await draw(name, sheet);
}
await browser.close();
await program.stop();

async function draw(name, { language, look, states }) {
  const shots = [];
  for (const state of states) shots.push(await shoot(state, language, look));
  const sheet = await pack(browser, shots, { palettes: PALETTES, limit: MOST_BYTES });
  assert.ok(sheet.webp.length <= MOST_BYTES, `${name} has ${sheet.webp.length} bytes`);
  await writeFile(join(folder, `${name}.webp`), sheet.webp);
  if (process.env.SHEETS) await writeFile(join(folder, `${name}.png`), png(sheet));
  console.log(`${name}.webp: ${sheet.webp.length} bytes, ${sheet.colours.length} colours`);
}

/** One state: the panel, or the page where it is closed. */
async function shoot(state, language, look) {
  const viewport = state === "closed" && look.viewport === DESK.viewport ? PANEL : look.viewport;
  const visitor = await browser.newContext({ locale: "de-DE", reducedMotion: "reduce", ...look, viewport });
  const page = await visitor.newPage();
  await page.goto(`${program.origin}/`);
  const ui = chat(page);
  await ui.launcher.waitFor();
  await ui.host.evaluate((host, lang) => host.setAttribute("lang", lang), language);
  // The page is not what is shown here.
  await page.locator("main").evaluate((main) => (main.style.visibility = "hidden"));
  await STATES[state](ui);
  // Nothing is hovered over.
  await page.mouse.move(0, 0);
  const shot = await (state === "closed" ? page : ui.panel).screenshot();
  await visitor.close();
  return shot;
}
