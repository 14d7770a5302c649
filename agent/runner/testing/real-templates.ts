import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const folderInSource = 'models/templates';

/**
 * Chat templates of many models, by file name: those that llama.cpp keeps for its own tests, read from the source that
 * the node-llama-cpp package carries. None of them is part of this repository. Null where git is missing.
 */
export async function realTemplates(): Promise<ReadonlyMap<string, string> | null> {
  const root = join(dirname(createRequire(import.meta.url).resolve('node-llama-cpp')), '..');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const kept = join(tmpdir(), `impetus-test-templates-${version}`);
  if (!existsSync(kept) && !(await extract(join(root, 'llama', 'gitRelease.bundle'), kept))) return null;
  const names = readdirSync(kept).filter((name) => name.endsWith('.jinja'));
  return new Map(names.map((name) => [name.replace('.jinja', ''), readFileSync(join(kept, name), 'utf8')]));
}

async function extract(bundle: string, kept: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'impetus-test-'));
  try {
    await run('git', ['clone', '--quiet', '--no-checkout', bundle, folder]);
    await run('git', ['-C', folder, 'checkout', '--quiet', 'HEAD', '--', folderInSource]);
    await rename(join(folder, folderInSource), kept).catch(() => {
      // Another test of the same run was faster.
    });
    return existsSync(kept);
  } catch {
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
