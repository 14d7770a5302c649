import {
  ImpetusError,
  prioritiseDownloadInput,
  updateDownloadSettingsInput,
  type Download,
} from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import { formatDownloadSettings, readHours, readSpeed, readSwitch } from './download-settings.ts';
import { formatBytes, formatTable } from './format.ts';
import { stateInWords } from './progress-line.ts';
import type { Terminal } from './terminal.ts';

export type DownloadAction = 'pause' | 'resume' | 'retry' | 'cancel';

const done: Readonly<Record<DownloadAction, string>> = {
  pause: 'paused',
  resume: 'back in the queue',
  retry: 'back in the queue',
  cancel: 'cancelled',
};

export async function listDownloads(terminal: Terminal, { home, json }: Common): Promise<void> {
  const downloads = await askAgent(terminal, home, (agent) => agent.downloads.list.query());
  if (json) terminal.out(JSON.stringify(downloads));
  else if (downloads.length === 0)
    terminal.note('There are no downloads. `impetus pull <owner/name>` begins one.');
  else
    terminal.out(
      formatTable([['ID', 'MODEL', 'SIZE', 'DONE', 'PRIORITY', 'STATE'], ...downloads.map(toRow)]),
    );
}

function toRow(download: Download): string[] {
  const { id, name, sizeBytes, doneBytes, priority, error, state } = download;
  const part = sizeBytes === 0 ? 100 : Math.floor((doneBytes / sizeBytes) * 100);
  const words = stateInWords(download);
  return [
    id.slice(0, 8),
    name,
    formatBytes(sizeBytes),
    `${part} %`,
    priority,
    state === 'failed' && error !== null ? `${words}: ${error.message}` : words,
  ];
}

export async function changeDownload(
  terminal: Terminal,
  action: DownloadAction,
  name: string,
  { home, json }: Common,
): Promise<void> {
  if (name === 'all' && (action === 'pause' || action === 'resume')) {
    await askAgent(terminal, home, (agent) =>
      action === 'pause' ? agent.downloads.pauseAll.mutate() : agent.downloads.resumeAll.mutate(),
    );
    terminal.out(json ? JSON.stringify({ all: true, action }) : `All downloads are ${done[action]}.`);
    return;
  }
  const download = await find(terminal, home, name);
  await askAgent(terminal, home, (agent) => agent.downloads[action].mutate({ id: download.id }));
  terminal.out(json ? JSON.stringify({ id: download.id, action }) : `${download.name} is ${done[action]}.`);
}

export async function putFirst(terminal: Terminal, name: string, { home, json }: Common): Promise<void> {
  const { id, name: model, priority } = await find(terminal, home, name);
  await askAgent(terminal, home, async (agent) => {
    const list = await agent.downloads.list.query();
    const first = list.find((one) => one.priority === priority && one.finishedAt === null && one.id !== id);
    await agent.downloads.move.mutate({ id, before: first?.id ?? null });
  });
  terminal.out(json ? JSON.stringify({ id, first: true }) : `${model} is first.`);
}

export async function prioritise(
  terminal: Terminal,
  name: string,
  level: string,
  { home, json }: Common,
): Promise<void> {
  const download = await find(terminal, home, name);
  const input = prioritiseDownloadInput.parse({ id: download.id, priority: level });
  await askAgent(terminal, home, (agent) => agent.downloads.prioritise.mutate(input));
  terminal.out(json ? JSON.stringify(input) : `${download.name} has priority ${level}.`);
}

export interface DownloadSettingsOptions extends Common {
  readonly atOnce?: string;
  readonly connections?: string;
  readonly speed?: string;
  readonly onlyOnMains?: string;
  readonly hours?: string;
}

export async function changeSettings(terminal: Terminal, options: DownloadSettingsOptions): Promise<void> {
  const { home, json, atOnce, connections, speed, onlyOnMains, hours } = options;
  const changes = updateDownloadSettingsInput.parse({
    ...(atOnce !== undefined && { atOnce: Number(atOnce) }),
    ...(connections !== undefined && { connectionsPerFile: Number(connections) }),
    ...(speed !== undefined && { bytesPerSecond: readSpeed(speed) }),
    ...(onlyOnMains !== undefined && { onlyOnMains: readSwitch('onlyOnMains', onlyOnMains) }),
    ...(hours !== undefined && { windows: readHours(hours) }),
  });
  const unchanged = Object.keys(changes).length === 0;
  const settings = await askAgent(terminal, home, (agent) =>
    unchanged ? agent.downloads.settings.query() : agent.downloads.updateSettings.mutate(changes),
  );
  if (json) {
    terminal.out(JSON.stringify(settings));
    return;
  }
  terminal.out(formatDownloadSettings(settings));
}

/** By its id or the beginning of it. */
async function find(terminal: Terminal, home: string | undefined, name: string): Promise<Download> {
  const downloads = await askAgent(terminal, home, (agent) => agent.downloads.list.query());
  const found = downloads.filter(({ id }) => id.startsWith(name));
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const message =
    found.length === 0 ? `There is no download ${name}.` : `Several downloads begin with ${name}.`;
  throw new ImpetusError('not_found', `${message} \`impetus downloads\` lists them.`);
}
