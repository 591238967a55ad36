// Draws the two pictures of the element's README from the real program: node pictures.mjs

import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";
import { chat, startBrowser } from "./browser.mjs";
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

/** With 256 colours a picture has a third of the size, and everyone who clones this carries it. */
async function draw(name) {
  const colourful = (await page.screenshot()).toString("base64");
  const sheet = await browser.newPage();
  const { width, height, pixels, colours } = await sheet.evaluate(async (base64) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const all = Array.from({ length: data.length / 4 }, (_, at) => (data[at * 4] << 16) | (data[at * 4 + 1] << 8) | data[at * 4 + 2]);
    const times = new Map();
    for (const colour of all) times.set(colour, (times.get(colour) ?? 0) + 1);
    const ranked = [...times.keys()].sort((a, b) => times.get(b) - times.get(a));
    const colours = ranked.slice(0, 256);
    const distance = (a, b) => [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
    const nearest = new Map(ranked.map((colour) => [colour, colours.reduce((best, _, at) => (distance(colours[at], colour) < distance(colours[best], colour) ? at : best), 0)]));
    return { width: image.width, height: image.height, pixels: all.map((colour) => nearest.get(colour)), colours };
  }, colourful);
  await sheet.close();
  const rows = Array.from({ length: height }, (_, row) => [0, ...pixels.slice(row * width, (row + 1) * width)]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const palette = Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const data = deflateSync(Buffer.from(rows.flat()), { level: 9, memLevel: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  await writeFile(docs + name, Buffer.concat([signature, chunk("IHDR", header), chunk("PLTE", palette), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]));
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
