import { existsSync } from 'node:fs';
import { readdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cacheFolder } from '../cache.ts';
import { isThere, run } from './command.ts';
import { findEnginePackage, type EnginePackage } from './engine-package.ts';

/** As llama.cpp's own release build compiles its server against shared libraries. */
const compileFlags = ['-O3', '-DNDEBUG', '-fPIC', '-w', '-DGGML_SHARED', '-DGGML_BACKEND_SHARED'];
const serverFlags = ['-std=c++17', '-DLLAMA_SHARED', '-DLLAMA_SUBPROCESS'];
const includes = ['tools/server', 'tools/mtmd', 'common', 'include', 'ggml/include', 'vendor', 'vendor/hash'];
const compilersAtOnce = 2;

/** Programs of the same folders that are no part of the server. */
const otherPrograms = new Set(['mtmd-cli.cpp', 'deprecation-warning.cpp']);

/**
 * Compiles llama-server from the source that node-llama-cpp carries and links it with the libraries that
 * node-llama-cpp loads, so that both servers compute with the same kernels. Kept until either changes.
 * Answers the path of the program.
 */
export async function buildPeer(say: (what: string) => void): Promise<string> {
  const engine = await findEnginePackage();
  const folder = await cacheFolder('peer', `${engine.version}-${process.platform}-${process.arch}`);
  const program = join(folder, 'llama-server');
  if (existsSync(program)) return program;
  for (const tool of ['git', 'c++']) {
    if (!(await isThere(tool)))
      throw new Error(`Building llama-server needs ${tool}, which is not installed.`);
  }
  const source = await checkOut(engine, join(folder, 'source'));
  await linkLibraries(engine, folder);
  await withoutPage(source, folder);
  const files = await sources(source, folder);
  say(`compiling llama-server, ${files.length} files, once; this takes a few minutes`);
  const objects = await compileAll(files, source, folder);
  await link(engine, objects, folder, program);
  return program;
}

async function checkOut({ bundle }: EnginePackage, source: string): Promise<string> {
  if (existsSync(source)) return source;
  await run('git', ['clone', '--quiet', '-c', 'advice.detachedHead=false', bundle, `${source}.part`]);
  await rename(`${source}.part`, source);
  return source;
}

/** The server looks for the backends beside itself. */
async function linkLibraries({ libraries }: EnginePackage, folder: string): Promise<void> {
  for (const name of await readdir(libraries)) {
    if (!/\.(so|dylib|metal)$/u.test(name)) continue;
    await rm(join(folder, name), { force: true });
    await symlink(join(libraries, name), join(folder, name));
  }
}

/** llama.cpp's build would download the server's web page; without assets its generator writes empty tables. */
async function withoutPage(source: string, folder: string): Promise<void> {
  const generator = join(folder, 'embed-nothing');
  await run('c++', ['-std=c++17', join(source, 'tools/ui/embed.cpp'), '-o', generator]);
  await run(generator, [join(folder, 'ui.cpp'), join(folder, 'ui.h')]);
}

async function sources(source: string, folder: string): Promise<string[]> {
  const files = [join(folder, 'ui.cpp'), join(source, 'vendor/hash/hash.cpp')];
  for (const name of ['sha1/sha1.c', 'sha256/sha256.c', 'xxhash/xxhash.c']) {
    files.push(join(source, 'vendor/hash', name));
  }
  for (const part of ['tools/server', 'tools/mtmd', 'tools/mtmd/models']) {
    const names = await readdir(join(source, part));
    const wanted = names.filter((name) => name.endsWith('.cpp') && !otherPrograms.has(name));
    files.push(...wanted.map((name) => join(source, part, name)));
  }
  return files;
}

async function compileAll(files: readonly string[], source: string, folder: string): Promise<string[]> {
  const waiting = [...files];
  const objects = files.map((file) => objectOf(file, folder));
  const compileNext = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      await compile(file, source, folder);
    }
  };
  await Promise.all(Array.from({ length: compilersAtOnce }, compileNext));
  return objects;
}

async function compile(file: string, source: string, folder: string): Promise<void> {
  const object = objectOf(file, folder);
  if (existsSync(object)) return;
  const directories = [folder, ...includes.map((name) => join(source, name)), source];
  // sha1 is C++ by another name: it stands in a namespace.
  const asC = file.endsWith('.c') && basename(file) !== 'sha1.c';
  const language = asC ? ['-x', 'c'] : ['-x', 'c++', ...serverFlags];
  const flags = [...language, ...compileFlags, ...directories.map((directory) => `-I${directory}`)];
  await run('c++', [...flags, '-c', file, '-o', `${object}.part`]);
  await rename(`${object}.part`, object);
}

function objectOf(file: string, folder: string): string {
  return join(folder, `${basename(file)}.o`);
}

async function link(
  { linked }: EnginePackage,
  objects: readonly string[],
  folder: string,
  program: string,
): Promise<void> {
  const here = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  const libraries = linked.map((name) => join(folder, name));
  const paths = ['-lpthread', `-Wl,-rpath,${here}`];
  await run('c++', [...objects, ...libraries, ...paths, '-o', `${program}.part`]);
  await rename(`${program}.part`, program);
}
