import type { ModelMarks, RemovalPlan } from '@impetus/contracts/library';
import { api } from '../../api/client.ts';
import { attempt } from '../actions.ts';
import { modelName } from '../agent-state.ts';
import { announce } from '../announcer.ts';
import { showToast } from '../toasts.ts';
import { formatBytes } from '../../lib/format.ts';

/** Writes what its owner says about models: a name, tags, notes, whether they are favourites. */
export function markModels(ids: readonly string[], marks: Partial<ModelMarks>): Promise<boolean> {
  const [only] = ids;
  const what = ids.length === 1 && only !== undefined ? modelName(only) : `${ids.length} models`;
  return attempt(`${what} could not be changed.`, () => api.library.mark.mutate({ ids: [...ids], marks }));
}

/** Takes models off the disk as they were shown, and offers the way back where there is one. */
export async function removeModels(plan: RemovalPlan): Promise<boolean> {
  const names = plan.models.filter(({ refusal }) => refusal === null).map(({ name }) => name);
  return attempt(`${countOf(names)} could not be removed.`, async () => {
    const { removed, undo, freedBytes, failures } = await api.library.remove.mutate({
      token: plan.token,
      unload: true,
    });
    const what = countOf(plan.models.filter(({ id }) => removed.includes(id)).map(({ name }) => name));
    const verb = plan.to === 'bin' ? 'went to the bin' : 'removed';
    showToast(
      [`${what} ${verb}: ${formatBytes(freedBytes)}.`, ...failures].join(' '),
      undo === null ? undefined : { label: 'Undo', run: () => void restore(undo, what), stays: true },
    );
  });
}

function countOf(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? '') : `${names.length} models`;
}

function restore(undo: string, what: string): Promise<boolean> {
  return attempt(`${what} could not be brought back.`, async () => {
    await api.library.restore.mutate({ undo });
    announce(`${what} is back.`);
  });
}
