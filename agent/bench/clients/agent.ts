import { spawnSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSampleModel } from '@impetus/gguf/sample';
import type { RequestRecord } from '@impetus/contracts';
import { startAgent } from '../../src/agent.ts';
import { readConfig } from '../../src/config/index.ts';
import type { Inference } from '../../src/inference/types.ts';

/** The longest first request is some 78 kB, which the sample’s vocabulary makes many tokens of. */
export const contextSize = 131_072;
const modelId = 'sample-long';

/** A real agent with its https listener, as other devices see it. */
export interface AgentForClients extends AsyncDisposable {
  readonly origin: string;
  /** What programs have to find in place of /etc/hosts to come to the origin; null where they come there anyway. */
  readonly hosts: string | null;
  /** The authority’s certificate, PEM. */
  readonly authority: string;
  readonly modelId: string;
  createKey(name: string): Promise<string>;
  requests(): Promise<readonly RequestRecord[]>;
}

/** `scripted` answers in the model’s place where one is given. */
export async function startForClients(folder: string, scripted: Inference | null): Promise<AgentForClients> {
  await using stack = new AsyncDisposableStack();
  const models = join(folder, 'models');
  await mkdir(models, { recursive: true });
  await writeModel(join(models, `${modelId}.gguf`));
  const env = {
    IMPETUS_HOME: join(folder, 'agent'),
    IMPETUS_MODELS: models,
    IMPETUS_HTTP_PORT: '0',
    IMPETUS_HTTPS_PORT: '0',
    IMPETUS_MDNS: '0',
    IMPETUS_OTHER_APPS: '0',
    IMPETUS_CONTEXT_SIZE: String(contextSize),
    IMPETUS_SEQUENCES: '2',
  };
  const agent = stack.use(
    await startAgent(readConfig({}, env), {
      overrides: scripted === null ? {} : { openInference: () => scripted },
    }),
  );
  const { trust, keys, inference, requests } = agent.context.services;
  await trust.check();
  const authority = trust.authority()?.pem;
  const way = await wayIn(
    trust.status().origins.map(({ url }) => url),
    folder,
  );
  if (authority === undefined || way === null) {
    throw new Error('No https address: this computer has no address of a private network.');
  }
  await inference.load(modelId);
  const disposal = stack.move();
  return {
    ...way,
    authority,
    modelId,
    createKey: async (name) => (await keys.create({ name, scopes: ['infer'] })).key,
    requests: async () => (await requests.list({ limit: 100 })).records,
    [Symbol.asyncDispose]: () => disposal.disposeAsync(),
  };
}

/** The sample, which writes sentences and ends them, with a longer context than it is given elsewhere. */
async function writeModel(path: string): Promise<void> {
  await makeSampleModel(path);
  const bytes = await readFile(path);
  const key = 'llama.context_length';
  // Behind the key stands the number of the value's type, then the value.
  bytes.writeUInt32LE(contextSize, bytes.indexOf(key) + key.length + 4);
  await writeFile(path, bytes);
}

interface Way {
  readonly origin: string;
  readonly hosts: string | null;
}

/** By name where that leads here, or can be made to for the programs alone; else by an address of numbers. */
async function wayIn(origins: readonly string[], folder: string): Promise<Way | null> {
  for (const origin of origins) {
    const { hostname } = new URL(origin);
    if (await resolves(hostname.replace(/^\[|\]$/gu, ''))) return { origin, hosts: null };
    if (!canLendHosts()) continue;
    const hosts = join(folder, 'hosts');
    await writeFile(hosts, `127.0.0.1 localhost ${hostname}\n`);
    return { origin, hosts };
  }
  return null;
}

/** No network tells the name here. Root on Linux can show the programs, and nobody else, another file of hosts. */
function canLendHosts(): boolean {
  return process.platform === 'linux' && spawnSync('unshare', ['--mount', 'true']).status === 0;
}

function resolves(host: string): Promise<boolean> {
  return lookup(host).then(
    () => true,
    () => false,
  );
}
