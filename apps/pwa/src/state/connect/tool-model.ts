import type { ModelEntry, RunnerStatus } from '@impetus/contracts/models';
import type { Tool, ToolModel } from '@impetus/contracts/tools/types';
import { formatTokens } from '../../lib/format.ts';

/** What a context is taken for where neither the runner nor the file says. */
const unknownContext = 8_192;

/** A model as tools are told of it: with the context that it has now, else the one it was trained for. */
export function toToolModel(entry: ModelEntry, runner: RunnerStatus | undefined): ToolModel {
  return {
    id: entry.id,
    name: entry.name,
    contextSize: runner?.contextSize ?? entry.contextLength ?? unknownContext,
    thinks: entry.capabilities.includes('reasoning'),
  };
}

/** A tool’s first request has to leave room for its answer and for what it reads next. */
const roomFor = 1.5;

/** Why a model is too small for a tool; null where it is not. */
export function contextProblem(
  { name, opensWith }: Pick<Tool, 'name' | 'opensWith'>,
  model: Pick<ToolModel, 'contextSize'>,
): string | null {
  if (opensWith === null || model.contextSize >= opensWith * roomFor) return null;
  return `${name} begins with about ${formatTokens(opensWith)}, and this model holds ${formatTokens(model.contextSize)} in all. Load it with a larger context, or choose another.`;
}
