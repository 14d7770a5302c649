import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { chromium, type Page } from '@playwright/test';

const root = join(import.meta.dirname, '..', 'public');
const icons = join(root, 'icons');

/** The mark on a grid of 32: an upright I whose upper serif runs on to the right. */
const mark = 'M2 2h29l-7 5H14.5v18H20v5H2v-5h5.5V7H2z';
const cobalt = '#1a6fe1';
const paper = '#fcfeff';

interface Tile {
  /** Corner radius on the grid of 32; 0 where the system cuts its own shape. */
  readonly radius: number;
  /** How much of the tile the mark spans. */
  readonly scale: number;
}

const rounded: Tile = { radius: 7, scale: 0.6 };
/** Maskable icons may lose everything outside the inner 80 %. */
const fullBleed: Tile = { radius: 0, scale: 0.46 };
const apple: Tile = { radius: 0, scale: 0.58 };

function tileSvg({ radius, scale }: Tile): string {
  // The serif is longer than the foot: seen as a whole, the mark is centred a little right of its box.
  const x = 16 - 16.5 * scale + 0.4;
  const y = 16 - 16 * scale;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">',
    `<rect width="32" height="32" rx="${radius}" fill="${cobalt}"/>`,
    `<path transform="translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale})" fill="${paper}" d="${mark}"/>`,
    '</svg>\n',
  ].join('');
}

async function renderPng(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  const image = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  await page.setContent(
    `<body style="margin:0"><img src="${image}" width="${size}" height="${size}"></body>`,
  );
  await page.locator('img').evaluate((element) => (element as HTMLImageElement).decode());
  return page.screenshot({ omitBackground: true });
}

/** An .ico that holds PNGs, which every browser that still asks for one reads. */
function icoOf(images: readonly { size: number; png: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of images.entries()) {
    const entry = 6 + 16 * index;
    header.writeUInt8(size, entry);
    header.writeUInt8(size, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

await mkdir(icons, { recursive: true });
const executablePath = env['IMPETUS_BROWSER'];
const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(executablePath === undefined ? {} : { executablePath }),
});
const page = await browser.newPage();

await writeFile(join(icons, 'icon.svg'), tileSvg(rounded));
const files: [string, Tile, number][] = [
  ['icon-192.png', rounded, 192],
  ['icon-512.png', rounded, 512],
  ['maskable-192.png', fullBleed, 192],
  ['maskable-512.png', fullBleed, 512],
  ['apple-touch-icon.png', apple, 180],
];
for (const [name, tile, size] of files) {
  await writeFile(join(icons, name), await renderPng(page, tileSvg(tile), size));
}

const favicon = await readFile(join(root, 'favicon.svg'), 'utf8');
const small: { size: number; png: Buffer }[] = [];
for (const size of [16, 32, 48]) small.push({ size, png: await renderPng(page, favicon, size) });
await writeFile(join(root, 'favicon.ico'), icoOf(small));

await browser.close();
