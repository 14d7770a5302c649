import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv } from 'node:process';
import { gzipSync } from 'node:zlib';
import type { Manifest } from 'vite';

/** The first screen's compressed JavaScript, in bytes as macOS counts kB. */
const budget = 90_000;
const dist = join(import.meta.dirname, '..', 'dist');

/** What the first paint asks for: the entry, and the list of conversations that a wide window shows at once. */
const atFirstPaint = ['index.html', 'src/views/chat/conversation-column.tsx'];

async function readManifest(): Promise<Manifest> {
  try {
    return JSON.parse(await readFile(join(dist, '.vite', 'manifest.json'), 'utf8')) as Manifest;
  } catch (cause) {
    throw new Error('There is no build to measure. Run "npm run build" first.', { cause });
  }
}

function filesOf(manifest: Manifest, roots: readonly string[]): Set<string> {
  const files = new Set<string>();
  const waiting = [...roots];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`The build has no ${key}.`);
    if (files.has(chunk.file)) continue;
    files.add(chunk.file);
    waiting.push(...(chunk.imports ?? []));
  }
  return files;
}

async function sizesOf(files: Iterable<string>): Promise<{ file: string; bytes: number }[]> {
  const sizes = await Promise.all(
    [...files].map(async (file) => ({
      file,
      bytes: gzipSync(await readFile(join(dist, file)), { level: 9 }).length,
    })),
  );
  return sizes.toSorted((a, b) => b.bytes - a.bytes);
}

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

const sizes = await sizesOf([...filesOf(await readManifest(), atFirstPaint), 'theme.js']);
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);

if (argv.includes('--json')) {
  console.log(JSON.stringify({ firstScreenBytes: total, budgetBytes: budget, files: sizes }));
} else {
  for (const { file, bytes } of sizes) console.log(`${kB(bytes).padStart(10)}  ${file}`);
  console.log(`${kB(total).padStart(10)}  first screen, JavaScript, gzip (budget ${kB(budget)})`);
}
