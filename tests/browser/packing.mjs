// Packs screenshots small: in few colours a picture has a third of the size, and everyone who clones this carries it.

import { crc32, deflateSync } from "node:zlib";

const GAP = 8;

/**
 * Puts `shots` of one size side by side, in two rows where they are many, with the most colours of `palettes` that keep
 * the WebP below `limit` bytes, or with the fewest.
 */
export async function pack(browser, shots, { palettes, limit = Infinity }) {
  const page = await browser.newPage();
  const given = { shots: shots.map((shot) => shot.toString("base64")), palettes, limit, gap: GAP };
  const packed = await page.evaluate(async ({ shots, palettes, limit, gap }) => {
    const drawn = shots.map(async (base64) => createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob()));
    const pictures = await Promise.all(drawn);
    const [{ width, height }] = pictures;
    const rows = pictures.length > 2 ? 2 : 1;
    const columns = Math.ceil(pictures.length / rows);
    const canvas = new OffscreenCanvas(columns * (width + gap) - gap, rows * (height + gap) - gap);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = "#9aa5a8";
    context.fillRect(0, 0, canvas.width, canvas.height);
    pictures.forEach((picture, place) => context.drawImage(picture, (place % columns) * (width + gap), Math.floor(place / columns) * (height + gap)));

    const all = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    const times = new Map();
    for (const colour of all) times.set(colour, (times.get(colour) ?? 0) + 1);
    const distance = (a, b) => [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
    // Always the colour whose loss would be seen most: one that many points have, or that is far from all others.
    const found = [...times].map(([colour, many]) => ({ colour, many, away: Infinity }));
    const ranked = [];
    while (ranked.length < Math.min(palettes[0], found.length)) {
      const next = found.reduce((worst, one) => (one.many * one.away > worst.many * worst.away ? one : worst));
      ranked.push(next.colour);
      for (const one of found) one.away = Math.min(one.away, distance(one.colour, next.colour));
    }
    for (const size of palettes) {
      const colours = ranked.slice(0, size);
      const nearest = new Map(found.map(({ colour }) => [colour, colours.reduce((best, one, at) => (distance(one, colour) < distance(colours[best], colour) ? at : best), 0)]));
      const painted = all.map((colour) => colours[nearest.get(colour)]);
      context.putImageData(new ImageData(new Uint8ClampedArray(painted.buffer), canvas.width), 0, 0);
      // The highest quality of a WebP is the one without loss: text stays sharp.
      const webp = [...new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality: 1 })).arrayBuffer())];
      if (webp.length > limit && size !== palettes.at(-1)) continue;
      const bytes = colours.map((colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255]);
      return { width: canvas.width, height: canvas.height, colours: bytes, pixels: Array.from(all, (colour) => nearest.get(colour)), webp };
    }
  }, given);
  await page.close();
  return { ...packed, webp: Buffer.from(packed.webp) };
}

/** The same picture for those who cannot show a WebP. */
export function png({ width, height, colours, pixels }) {
  const rows = Array.from({ length: height }, (_, row) => [0, ...pixels.slice(row * width, (row + 1) * width)]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const data = deflateSync(Buffer.from(rows.flat()), { level: 9, memLevel: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("PLTE", Buffer.from(colours.flat())), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
