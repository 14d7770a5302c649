import type { LoadPlan, ModelEntry } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import { formatBytes, formatTable } from './format.ts';
import { namesOf } from './models.ts';
import { settingsTable } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** Prints what a model is, how it is to be held, and what loading it would take. */
export async function showModel(terminal: Terminal, id: string, { home, json }: Common): Promise<void> {
  const shown = await askAgent(terminal, home, async (agent) => {
    const model = await agent.models.get.query({ id });
    const [settings, plan, { runners, defaultModel }] = await Promise.all([
      agent.models.settings.query({ id }),
      model.problem === null ? agent.models.plan.query({ id }) : null,
      agent.system.info.query(),
    ]);
    const state = runners.find(({ modelId }) => modelId === model.id)?.state ?? 'stopped';
    return { ...model, state, default: model.id === defaultModel, settings, plan };
  });
  if (json) {
    terminal.out(JSON.stringify(shown));
    return;
  }
  const facts = formatTable(factsOf(shown, shown.state, shown.default));
  const outlook =
    shown.plan === null
      ? `It cannot be loaded. ${shown.problem} ${shown.whatToDo ?? ''}`.trim()
      : outlookOf(shown.plan);
  terminal.out([facts, settingsTable(shown.settings), outlook].join('\n\n'));
}

function factsOf(model: ModelEntry, state: string, isDefault: boolean): string[][] {
  return [
    ['Model', model.id],
    ['Name', model.name],
    ['Aliases', namesOf(model, isDefault) || 'none'],
    ['State', state],
    ['Can do', model.capabilities.join(', ') || model.kind],
    ['Format', model.format],
    ['Family', model.family ?? 'unknown'],
    ['Architecture', model.architecture ?? 'unknown'],
    ['Parameters', model.parameters?.toLocaleString('en') ?? 'unknown'],
    ['Quant', model.quant ?? 'unknown'],
    ['Size', formatBytes(model.sizeBytes)],
    ['Trained context', model.contextLength === null ? 'unknown' : `${model.contextLength} tokens`],
    ['Licence', model.licence ?? 'not stated'],
    [
      'From',
      model.origin === null ? 'unknown' : `${model.origin.repo} ${model.origin.revision ?? ''}`.trim(),
    ],
    ['Source', `${model.source} (${model.folder})`],
    ...(model.files.length > 1 ? model.files : [{ path: model.path }]).map(({ path }) => ['File', path]),
    ...model.missing.map((name) => ['Missing', name]),
    ['SHA-256', model.sha256 ?? (model.files.length > 1 ? 'of each file' : 'not known yet')],
    ...model.duplicates.map((id) => ['Same content', id]),
    ...(model.tags.length === 0 ? [] : [['Tags', model.tags.join(', ')]]),
    ...(model.favourite ? [['Favourite', 'yes']] : []),
    ...(model.notes === '' ? [] : [['Notes', model.notes]]),
  ];
}

function outlookOf({ message, contextSize, sequences, estimate, evicts }: LoadPlan): string {
  const { weightsBytes, kvBytes, computeBytes, totalBytes } = estimate;
  return [
    message,
    `Context size ${contextSize}, sequences ${sequences}: ${formatBytes(totalBytes)} (weights ${formatBytes(weightsBytes)}, KV cache ${formatBytes(kvBytes)}, computing ${formatBytes(computeBytes)}).`,
    ...(evicts.length === 0 ? [] : [`To be unloaded for it: ${evicts.join(', ')}.`]),
  ].join('\n');
}
