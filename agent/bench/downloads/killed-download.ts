import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAgentProcess, temporaryFolder, type AgentProcess } from '@impetus/test-kit';
import { madeUp, randomFrom, startLocalHub, type LocalHub } from '@impetus/test-kit/hub';
import { decodeJournal } from '../../src/downloads/transfer/journal-format.ts';
import { addRange, bytesIn, type Ranges } from '../../src/downloads/transfer/ranges.ts';
import { ownerClient } from './agent-client.ts';

export interface KillRound {
  /** Proven on the disk when the agent was killed. */
  readonly provenBytes: number;
  /** The most that a screen was shown until then. */
  readonly shownBytes: number;
  /** What of the proven was asked for again after the next start. */
  readonly askedAgainBytes: number;
  /** Whether a screen saw less than before. */
  readonly fell: boolean;
  /** Faults that struck. */
  readonly faults: number;
}

export interface KilledDownload {
  readonly rounds: readonly KillRound[];
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly digestIsRight: boolean;
  /** Why it failed, where it did. */
  readonly failure: string | null;
}

export interface KilledDownloadOptions {
  readonly kills: number;
  readonly megabytes: number;
  readonly bytesPerSecond: number;
  readonly seed?: number;
}

const repo = 'bench/file';
const file = 'file-Q8_0.gguf';

/** Downloads one file from a Hub that misbehaves, while the agent is killed again and again. */
export async function downloadWhileKilled(options: KilledDownloadOptions): Promise<KilledDownload> {
  const { kills, seed = 5, bytesPerSecond } = options;
  const content = madeUp(options.megabytes * 1024 * 1024, 31);
  const random = randomFrom(seed);
  await using folder = await temporaryFolder();
  await using hub = await startLocalHub({
    repos: [{ id: repo, files: { [file]: content } }],
    seed,
    bytesPerSecond,
  });
  for (const [kind, chance] of [
    ['cut', 0.15],
    ['other-range', 0.08],
    ['unavailable', 0.05],
    ['expired', 0.05],
    ['short', 0.05],
    ['html', 0.03],
  ] as const)
    hub.fault({ kind, path: file, chance });

  const rounds: KillRound[] = [];
  let shown = 0;
  let proven: Ranges = [];
  let id: string | null = null;
  let failure: string | null = null;
  for (let round = 0; round <= kills; round += 1) {
    const before = hub.requests.length;
    await using agent = await start(folder.path, hub);
    const client = ownerClient(folder.path);
    id ??= (await client.downloads.add.mutate({ repo })).id;
    const last = round === kills;
    // Each run brings its share, so that the last one has something left to do.
    const share = (content.size / (kills + 1)) * (round + 0.6 + random() * 0.3);
    let fell = false;
    const until = Date.now() + 120_000;
    for (;;) {
      const download = (await client.downloads.list.query()).find((one) => one.id === id);
      const done = download?.doneBytes ?? 0;
      fell ||= done < shown;
      shown = Math.max(shown, done);
      failure = download?.state === 'failed' ? (download.error?.message ?? '') : null;
      if (download?.state === 'done' || download?.state === 'failed' || Date.now() > until) break;
      if (!last && shown >= share) break;
      await sleep(20);
    }
    if (!last) {
      agent.kill('SIGKILL');
      await agent.exited;
    }
    const askedAgainBytes = overlap(hub, before, proven);
    proven = last ? proven : await provenOnDisk(folder.path, id);
    const faults = hub.requests.slice(before).filter(({ status }) => status >= 400).length;
    rounds.push({
      provenBytes: last ? content.size : bytesIn(proven),
      shownBytes: shown,
      askedAgainBytes,
      fell,
      faults,
    });
  }
  const path = join(folder.path, 'models', repo, file);
  const bytes = await readFile(path).catch(() => null);
  return {
    rounds,
    sizeBytes: content.size,
    sentBytes: hub.requests.reduce(
      (total, { server, sent }) => total + (server === 'cdn' && sent !== null ? sent[1] - sent[0] : 0),
      0,
    ),
    digestIsRight: bytes !== null && createHash('sha256').update(bytes).digest('hex') === content.sha256(),
    failure,
  };
}

function start(home: string, hub: LocalHub): Promise<AgentProcess> {
  return startAgentProcess({
    home,
    env: { HF_ENDPOINT: hub.url, IMPETUS_LAN: '0', IMPETUS_WARM_RUNNER: '0' },
  });
}

async function provenOnDisk(home: string, id: string): Promise<Ranges> {
  const journal = decodeJournal(await readFile(join(home, 'models', '.impetus-downloads', id, '0.journal')));
  return (journal?.segments ?? []).reduce<Ranges>(addRange, []);
}

/** How many proven bytes were asked for in these requests. */
function overlap(hub: LocalHub, from: number, proven: Ranges): number {
  let total = 0;
  for (const { server, range } of hub.requests.slice(from)) {
    const [, first, last] = /bytes=(\d+)-(\d+)/u.exec(range ?? '') ?? [];
    if (server !== 'cdn' || first === undefined || last === undefined) continue;
    for (const there of proven)
      total += Math.max(0, Math.min(there.to, Number(last) + 1) - Math.max(there.from, Number(first)));
  }
  return total;
}
