import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

/** What brings machine code, or files that it looks for beside itself, stays where npm put it. */
const leftAsTheyAre = new Set(['better-sqlite3', 'node-llama-cpp', '@node-rs/argon2']);

const programAddress = /new URL\('([^']+\.ts)', import\.meta\.url\)/gu;

/** Programs for processes and threads of their own, which the sources name by address, are built beside the agent. */
const furtherPrograms: Plugin = {
  name: 'further-programs',
  transform: {
    filter: { id: /\.ts$/u, code: programAddress },
    handler(code, id) {
      return code.replaceAll(programAddress, (_, path: string) => {
        const source = resolve(dirname(id), path);
        // `runner-main`, by which people find it among the processes.
        const name = `${basename(dirname(source))}-${basename(source, '.ts')}`;
        const program = this.emitFile({ type: 'chunk', id: source, name });
        return `new URL(import.meta.ROLLDOWN_FILE_URL_${program})`;
      });
    },
  },
};

/** V8 keeps the text of a program, with two bytes for each character of it once one is outside ASCII. */
const asciiAlone: Plugin = {
  name: 'ascii-alone',
  generateBundle(_, bundle) {
    for (const part of Object.values(bundle)) {
      if (part.type === 'chunk') part.code = part.code.replaceAll(/[^\0-\x7F]/g, escaped);
    }
  },
};

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * An agent that runs while the next one is built still starts runners and loads parts: those of the build before stay,
 * under the names that their content gives them. Older ones go.
 */
const lastTwoBuilds: Plugin = {
  name: 'last-two-builds',
  writeBundle({ dir = '' }, bundle) {
    const list = join(dir, 'parts.json');
    const before = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as string[]) : [];
    const now = Object.keys(bundle);
    const kept = new Set([...before, ...now].map((part) => join(dir, part)));
    for (const name of readdirSync(join(dir, 'parts'))) {
      const part = join(dir, 'parts', name);
      if (!kept.has(part)) rmSync(part);
    }
    writeFileSync(list, JSON.stringify(now));
  },
};

/**
 * One program out of a thousand modules: it starts in two thirds of the time and holds 25 MB less, since what nobody
 * calls is not in it.
 */
export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  external: (id) => leftAsTheyAre.has(id),
  plugins: [furtherPrograms, asciiAlone, lastTwoBuilds],
  output: { dir: 'dist', chunkFileNames: 'parts/[name]-[hash].js', comments: false },
});
