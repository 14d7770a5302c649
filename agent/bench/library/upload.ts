import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { encodeGguf, type GgufContents } from '@impetus/gguf';
import { startAgentProcess, temporaryFolder, type AgentProcess } from '@impetus/test-kit';
import { credentialOf } from '../../test/support/management-client.ts';
import { printColumns } from '../engine/columns.ts';

/** A large model sent to an agent and cut three times: how long it takes, and what the agent takes meanwhile. */
const { values: options } = parseArgs({ options: { gib: { type: 'string', default: '2' } } });
const cuts = [0.2, 0.5, 0.8];

/** One tensor's weights, sent again and again: the file is as large as asked for, its sender is not. */
const weights = new Float32Array(16 * 1024 * 1024).fill(0.5);
const contents: GgufContents = {
  metadata: new Map([
    ['general.architecture', { type: 'string', value: 'llama' }],
    ['tokenizer.ggml.model', { type: 'string', value: 'gpt2' }],
  ]),
  tensors: Array.from({ length: Math.max(1, Math.round(Number(options.gib) * 16)) }, (_, index) => ({
    name: `blk.${index}.weight`,
    dimensions: [4096, 4096],
    type: 'F32',
    values: () => weights,
  })),
};

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

/** The file from a place in it on. */
function* bytesFrom(start: number): Generator<Uint8Array> {
  let position = 0;
  for (const chunk of encodeGguf(contents)) {
    const end = position + chunk.length;
    if (end > start) yield chunk.subarray(Math.max(0, start - position));
    position = end;
  }
}

function measureFile(): { readonly sizeBytes: number; readonly sha256: string } {
  const sum = createHash('sha256');
  let sizeBytes = 0;
  for (const chunk of bytesFrom(0)) {
    sum.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sizeBytes, sha256: sum.digest('hex') };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** One request of tus; a body that is cut ends the connection. */
function tus(
  agent: AgentProcess,
  {
    method,
    path,
    headers = {},
    body,
  }: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Iterable<Uint8Array>;
  },
): Promise<Answer | null> {
  const authorization = `Bearer ${credentialOf(agent)}`;
  return new Promise((resolve, reject) => {
    const sending = request(
      `${agent.url}${path}`,
      { method, headers: { 'tus-resumable': '1.0.0', authorization, ...headers } },
      (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, headers: response.headers });
      },
    );
    sending.on('error', (error: NodeJS.ErrnoException) => {
      if (error.message === 'cut') resolve(null);
      else reject(error);
    });
    if (body === undefined) sending.end();
    else
      Readable.from(body)
        .on('error', (error) => sending.destroy(error))
        .pipe(sending);
  });
}

function* cutAt(body: Iterable<Uint8Array>, bytes: number): Generator<Uint8Array> {
  let sent = 0;
  for (const chunk of body) {
    yield chunk;
    sent += chunk.length;
    if (sent >= bytes) throw new Error('cut');
  }
}

async function residentOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+)/m.exec(text)?.[1] ?? 0) * 1024;
}

async function run(): Promise<void> {
  const { sizeBytes, sha256 } = measureFile();
  await using home = await temporaryFolder();
  await mkdir(join(home.path, 'models'));
  await using agent = await startAgentProcess({ home: home.path });
  const before = await residentOf(agent.pid);
  let most = before;
  const watching = setInterval(
    () => void residentOf(agent.pid).then((now) => (most = Math.max(most, now))),
    100,
  );
  const began = performance.now();
  const metadata = { filename: 'large.gguf', sha256 };
  const encoded = Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
  const created = await tus(agent, {
    method: 'POST',
    path: '/uploads',
    headers: { 'upload-length': String(sizeBytes), 'upload-metadata': encoded },
  });
  const path = String(created?.headers['location']);
  const lines: string[][] = [];
  for (const cut of [...cuts, 1]) {
    const head = await tus(agent, { method: 'HEAD', path });
    const offset = Number(head?.headers['upload-offset']);
    const body = bytesFrom(offset);
    const answer = await tus(agent, {
      method: 'PATCH',
      path,
      headers: {
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
        'content-length': String(sizeBytes - offset),
      },
      body: cut === 1 ? body : cutAt(body, sizeBytes * cut - offset),
    });
    const ended = answer === null ? `cut at ${(cut * 100).toFixed(0)} %` : `answered ${answer.status}`;
    lines.push([`sent from ${megabytes(offset)}`, ended, `agent at most ${megabytes(most)}`]);
  }
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watching);
  const place = join(home.path, 'models', 'large.gguf');
  const arrived = await stat(place).catch(() => null);
  const left = await readdir(join(home.path, 'models', '.impetus-uploads')).catch(() => []);
  printColumns(
    [
      ...lines,
      ['whole in its place', arrived?.size === sizeBytes ? 'yes' : 'NO', megabytes(arrived?.size ?? 0)],
      ['SHA-256 was checked against', `${sha256.slice(0, 16)}…`],
      ['left over', `${left.length} files`],
      ['time', `${seconds.toFixed(1)} s`, `${megabytes(sizeBytes / seconds)}/s`],
      ['agent’s memory before and at most', megabytes(before), megabytes(most)],
    ],
    new Set([2]),
  );
}

await run();
