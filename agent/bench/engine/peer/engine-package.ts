import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What the node-llama-cpp package brings: llama.cpp's source as a git bundle, and its libraries, compiled. */
export interface EnginePackage {
  readonly version: string;
  readonly bundle: string;
  readonly libraries: string;
  /** File names of the libraries that the addon itself links, in `libraries`. */
  readonly linked: readonly string[];
}

/** The folder of compiled libraries that the engine loads on this machine without a choice of GPU of its own. */
const binaries: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
};

/** Finds the package's parts. Throws an error that says in one sentence what is missing. */
export async function findEnginePackage(): Promise<EnginePackage> {
  const require = createRequire(import.meta.url);
  const root = join(dirname(require.resolve('node-llama-cpp')), '..');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const name = binaries[`${process.platform}-${process.arch}`];
  if (name === undefined) throw new Error(`The peer cannot be built on ${process.platform}-${process.arch}.`);
  const libraries = join(root, '..', '@node-llama-cpp', name, 'bins', name);
  if (!existsSync(libraries)) throw new Error(`The package @node-llama-cpp/${name} is not installed.`);
  const bundle = join(root, 'llama', 'gitRelease.bundle');
  if (!existsSync(bundle))
    throw new Error("llama.cpp's source (gitRelease.bundle) is not in node-llama-cpp.");
  return { version, bundle, libraries, linked: await linkedLibraries(libraries) };
}

/** Backends (libggml-cpu-…) are loaded at run time and never linked; ggml-base is what they stand on. */
async function linkedLibraries(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  const linked = names.filter((name) => /^lib(llama|ggml(\.|-base)).*(so|dylib)$/u.test(name));
  if (!linked.some((name) => name.startsWith('libllama-common'))) {
    throw new Error('The compiled libraries of node-llama-cpp have no libllama-common.');
  }
  return linked;
}
