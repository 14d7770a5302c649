import { setTimeout as sleep } from 'node:timers/promises';
import { addDownloadInput, ImpetusError, readPullName, type Download } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import { formatBytes } from './format.ts';
import { progressLine, stateInWords } from './progress-line.ts';
import type { Terminal } from './terminal.ts';

export interface PullOptions extends Common {
  readonly revision?: string;
  readonly priority?: string;
  readonly wait?: boolean;
}

const lookEveryMs = 500;
/** An agent that restarts goes on with the download, so its absence for a while is no failure. */
const patienceMs = 60_000;

/** Puts a model into the queue; with `--wait` it ends when the model is in the library. */
export async function pull(terminal: Terminal, name: string, options: PullOptions): Promise<void> {
  const { home, json, wait = false, revision, priority } = options;
  const wanted = readPullName(name);
  if (!wanted.ok) throw new ImpetusError('invalid_request', wanted.error, { param: 'name' });
  const { repo, key } = wanted;
  const input = addDownloadInput.parse({ repo, revision, priority, ...(key !== null && { key }) });
  const added = await askAgent(terminal, home, (agent) => agent.downloads.add.mutate(input));
  if (!wait) {
    terminal.out(json ? JSON.stringify(added) : whereItIs(added));
    return;
  }
  const ended = await untilEnded(terminal, home, added);
  if (json) terminal.out(JSON.stringify(ended));
  if (ended.state === 'failed')
    throw new ImpetusError('conflict', `${ended.name} failed. ${ended.error?.message ?? ''}`.trim());
  if (!json) terminal.out(whereItIs(ended));
}

function whereItIs({ state, id, name, modelId, sizeBytes }: Download): string {
  if (state !== 'done') return `${name} (${formatBytes(sizeBytes)}) is in the queue as ${id.slice(0, 8)}.`;
  return `${name} is in the library${modelId === null ? '' : ` as ${modelId}`}.`;
}

async function untilEnded(terminal: Terminal, home: string | undefined, added: Download): Promise<Download> {
  let download = added;
  let heardAt = Date.now();
  let told: string | null = null;
  try {
    for (;;) {
      const wait = download.state === 'waiting' ? stateInWords(download) : null;
      if (wait !== null && wait !== told) {
        // Once as a whole: the line that is drawn anew is cut at the terminal's edge, and there is none in a pipe.
        terminal.progress(null);
        terminal.note(`${download.name} is ${wait}`);
        told = wait;
      }
      terminal.progress(progressLine(download));
      if (download.state === 'done' || download.state === 'failed') return download;
      if (download.state === 'paused')
        throw new ImpetusError(
          'conflict',
          `${download.name} was paused. It goes on with \`impetus downloads resume\`.`,
        );
      await sleep(lookEveryMs);
      const list = await askAgent(terminal, home, (agent) => agent.downloads.list.query()).catch(
        (error: unknown) => {
          if (Date.now() - heardAt > patienceMs) throw error;
          return null;
        },
      );
      if (list === null) continue;
      heardAt = Date.now();
      const found = list.find(({ id }) => id === added.id);
      if (found === undefined) throw new ImpetusError('cancelled', `${download.name} was cancelled.`);
      download = found;
    }
  } finally {
    terminal.progress(null);
  }
}
