import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { printColumns } from './columns.ts';
import { modelSizes, type ModelSize } from './models/shape.ts';
import { syntheticModel } from './models/write.ts';
import type { Inside } from './profile/inside.ts';
import { measureOutside } from './profile/outside.ts';

const insideProcess = fileURLToPath(new URL('profile/inside-process.ts', import.meta.url));

/** In a process like a runner's: one pool thread, and whatever ends it ends it alone. */
async function inside(path: string, streams: number): Promise<Inside> {
  const child = spawn(process.execPath, [insideProcess, path, String(streams)], {
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The profiled runner ended with ${code}.`);
  return JSON.parse(output) as Inside;
}

async function profile(size: ModelSize, streams: number): Promise<void> {
  const model = await syntheticModel(size, (what) => process.stderr.write(`${what}\n`));
  const within = await inside(model.path, streams);
  const step = within.decode + within.between;
  const outside = await measureOutside(model, streams);
  const lines = [[`${size}, ${streams} ${streams === 1 ? 'stream' : 'streams'}`, 'ms', 'share of a step']];
  const row = (what: string, value: number) =>
    lines.push([what, value.toFixed(3), `${((value / step) * 100).toFixed(1)} %`]);
  row('a step', step);
  row('  llama.cpp computes', within.decode);
  row('  llama.cpp samples, with its thread hops', within.sample);
  row("  the library's scheduling and locks", within.betweenInLibrary - within.sample);
  row('  our scheduler and the rest', within.between - within.betweenInLibrary);
  row('tokens to text, while the next step computes', within.text);
  row('message as JSON, while the next step computes', within.message);
  row('between two tokens at the client, through HTTP', outside.interval);
  // Of several, the later ones also wait for the end of a step.
  if (streams === 1) row('agent and HTTP of a first token, there and back', outside.firstToken);
  printColumns(lines, new Set([1, 2]));
  process.stdout.write('\n');
}

const { values } = parseArgs({ options: { model: { type: 'string', default: '15m,135m' } } });
const wanted = values.model.split(',');
for (const size of modelSizes.filter((name) => wanted.includes(name))) {
  for (const streams of [1, 8]) await profile(size, streams);
}
