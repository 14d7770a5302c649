import { ImpetusError, type ModelMarks, type RemovalPlan, type RemovalResult } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import { formatBytes, formatTable, printable } from './format.ts';
import type { Terminal } from './terminal.ts';

/** Returns when the list is as the disk is. */
export async function scanFolders(terminal: Terminal, { home, json }: Common): Promise<void> {
  const [models, folders] = await askAgent(terminal, home, async (agent) => {
    await agent.models.rescan.mutate();
    return Promise.all([agent.models.list.query(), agent.library.folders.query()]);
  });
  if (json) {
    terminal.out(JSON.stringify({ models: models.length, folders }));
    return;
  }
  const rows = folders
    .filter(({ present }) => present)
    .map((folder) => [folder.path, folder.source, String(folder.models), formatBytes(folder.sizeBytes)]);
  terminal.out(formatTable([['FOLDER', 'SOURCE', 'MODELS', 'SIZE'], ...rows]));
  for (const link of folders.flatMap(({ linkedFolders }) => linkedFolders)) {
    terminal.out(
      `${printable(link)} leads to a folder and was not followed. Add that folder to modelFolders to have its models.`,
    );
  }
}

export interface MarkOptions extends Common {
  readonly name?: string;
  readonly tags?: string;
  readonly favourite?: string;
  readonly notes?: string;
}

/** Changes what was named, and nothing else. */
export async function markModel(terminal: Terminal, id: string, options: MarkOptions): Promise<void> {
  const marks = marksIn(options);
  if (Object.keys(marks).length === 0) {
    throw refuse('Say what to change: --name, --tags, --favourite or --notes.');
  }
  const model = await askAgent(terminal, options.home, async (agent) => {
    await agent.library.mark.mutate({ ids: [id], marks });
    return agent.models.get.query({ id });
  });
  const { name, tags, favourite, notes } = model;
  terminal.out(
    options.json === true
      ? JSON.stringify({ id: model.id, name, tags, favourite, notes })
      : `${model.id} is “${name}”${tags.length === 0 ? '' : `, tagged ${tags.join(', ')}`}${favourite ? ', a favourite' : ''}.`,
  );
}

function marksIn({ name, tags, favourite, notes }: MarkOptions): Partial<ModelMarks> {
  if (favourite !== undefined && favourite !== 'on' && favourite !== 'off') {
    throw refuse('--favourite is on or off.');
  }
  return {
    ...(name !== undefined && { name: name === '' ? null : name }),
    ...(tags !== undefined && { tags: tags.split(',').filter((tag) => tag.trim() !== '') }),
    ...(favourite !== undefined && { favourite: favourite === 'on' }),
    ...(notes !== undefined && { notes }),
  };
}

export interface RemoveOptions extends Common {
  readonly yes?: boolean;
  readonly unload?: boolean;
}

/** Names every file that would go; with `--yes` they go. */
export async function removeModels(
  terminal: Terminal,
  ids: readonly string[],
  { home, json, yes = false, unload = false }: RemoveOptions,
): Promise<void> {
  const { plan, result } = await askAgent(terminal, home, async (agent) => {
    const shown = await agent.library.removalPlan.query({ ids: [...ids] });
    const done = yes ? await agent.library.remove.mutate({ token: shown.token, unload }) : null;
    return { plan: shown, result: done };
  });
  if (json) terminal.out(JSON.stringify({ plan, result }));
  else tellRemoval(terminal, plan, result);
  const failures = result?.failures ?? [];
  if (failures.length > 0) throw new ImpetusError('conflict', failures.join('\n'));
}

function tellRemoval(terminal: Terminal, plan: RemovalPlan, result: RemovalResult | null): void {
  terminal.out(planLines(plan).map(printable).join('\n'));
  if (result === null) {
    terminal.out('Nothing was removed. Say --yes to do it.');
    return;
  }
  terminal.out(
    `${formatBytes(result.freedBytes)} went ${plan.to === 'bin' ? 'into the bin' : 'off the disk'}.`,
  );
  if (result.undo !== null) terminal.out(`“models restore ${result.undo}” brings it back.`);
}

function planLines({ models, totalBytes, to }: RemovalPlan): readonly string[] {
  return [
    ...models.flatMap(({ id, files, loaded, refusal }) =>
      refusal === null
        ? [
            `${id}${loaded ? ' (loaded)' : ''}`,
            ...files.map(
              ({ path, sizeBytes, isLink }) =>
                `  ${path}  ${isLink ? 'a link; its file stays' : formatBytes(sizeBytes)}`,
            ),
          ]
        : [`${id} stays. ${refusal}`],
    ),
    `${formatBytes(totalBytes)} in all, ${to === 'bin' ? 'into the bin' : 'to be deleted'}.`,
  ];
}

export async function restoreModels(terminal: Terminal, undo: string, { home, json }: Common): Promise<void> {
  await askAgent(terminal, home, (agent) => agent.library.restore.mutate({ undo }));
  terminal.out(json ? JSON.stringify({ restored: undo }) : 'It is back in its place.');
}

export async function showDisk(
  terminal: Terminal,
  { home, json, unusedDays }: Common & { readonly unusedDays: string },
): Promise<void> {
  const report = await askAgent(terminal, home, (agent) =>
    agent.library.reclaim.query({ unusedDays: Number(unusedDays) }),
  );
  if (json) {
    terminal.out(JSON.stringify(report));
    return;
  }
  const sum = (parts: readonly { readonly bytes: number }[]) =>
    formatBytes(parts.reduce((total, { bytes }) => total + bytes, 0));
  terminal.out(
    formatTable([
      ['All models', formatBytes(report.totalBytes), ''],
      ['Copies', sum(report.duplicates), report.duplicates.flatMap(({ others }) => others).join(', ')],
      [
        `Not asked for in ${report.unusedDays} days`,
        sum(report.unused),
        report.unused.map(({ id }) => id).join(', '),
      ],
      ['Unfinished uploads and downloads', sum(report.partials), ''],
      ['States of idle conversations', formatBytes(report.promptCacheBytes), ''],
    ]),
  );
  if (report.unhashed > 0) terminal.out(`${report.unhashed} files are still to be compared.`);
}

function refuse(sentence: string): ImpetusError {
  return new ImpetusError('invalid_request', sentence);
}
