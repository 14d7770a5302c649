import './selection-bar.css';
import Star from 'lucide-solid/icons/star';
import Tag from 'lucide-solid/icons/tag';
import Trash from 'lucide-solid/icons/trash';
import X from 'lucide-solid/icons/x';
import { createSignal, lazy, Show, Suspense, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { formatBytes } from '../../lib/format.ts';
import { awayReason, unloadModel } from '../../state/actions.ts';
import { agentState, findModel, findRunner } from '../../state/agent-state.ts';
import {
  listedModels,
  selectedModels,
  selectModels,
  stopSelecting,
} from '../../state/library/library-state.ts';
import { markModels } from '../../state/library/library-actions.ts';
import { wantRemoved } from '../../state/library/remove-wish.ts';
import { allOf } from '../../state/library/selection.ts';
import { may } from '../../state/rights.ts';

const TagsSheet = lazy(() => import('./tags-sheet.tsx'));

/** What can be done with all that is chosen. */
export default function SelectionBar(): JSX.Element {
  const [isTagging, setTagging] = createSignal(false);
  const ids = (): readonly string[] => [...selectedModels().ids];
  const models = () => agentState.models.filter(({ id }) => selectedModels().ids.has(id));
  const none = (): string | null => (ids().length === 0 ? 'Select a model first.' : null);
  const reason = (): string | null => none() ?? awayReason();
  const words = (): string => {
    const bytes = models().reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return ids().length === 0 ? 'Nothing selected' : `${ids().length} selected, ${formatBytes(bytes)}`;
  };
  const allFavourite = (): boolean => models().length > 0 && models().every(({ favourite }) => favourite);
  const loaded = (): readonly string[] => ids().filter((id) => findRunner(id) !== undefined);
  return (
    <section class="selection-bar" aria-label="Selected models">
      <div class="selection-bar-head">
        <p role="status">{words()}</p>
        <Button kind="quiet" size="small" onPress={() => selectModels(allOf(listedModels()))}>
          Select all
        </Button>
        <IconButton label="Stop selecting" size="small" onPress={stopSelecting}>
          <X />
        </IconButton>
      </div>
      <div class="selection-bar-actions">
        <Show when={may('admin')}>
          <Button
            size="small"
            icon={<Star />}
            disabledReason={reason()}
            onPress={() => void markModels(ids(), { favourite: !allFavourite() })}
          >
            {allFavourite() ? 'No favourite' : 'Favourite'}
          </Button>
          <Button size="small" icon={<Tag />} disabledReason={reason()} onPress={() => setTagging(true)}>
            Tags…
          </Button>
        </Show>
        <Show when={may('load') && loaded().length > 0}>
          <Button
            size="small"
            disabledReason={awayReason()}
            onPress={() => void Promise.all(loaded().map((id) => unloadModel(id)))}
          >
            Unload {loaded().length === 1 ? (findModel(loaded()[0] ?? '')?.name ?? '') : loaded().length}
          </Button>
        </Show>
        <Show when={may('remove')}>
          <Button
            size="small"
            kind="danger"
            icon={<Trash />}
            disabledReason={reason()}
            onPress={() => wantRemoved(ids())}
          >
            Remove…
          </Button>
        </Show>
      </div>
      <Suspense>
        <Show when={isTagging()}>
          <TagsSheet ids={ids()} onClose={() => setTagging(false)} />
        </Show>
      </Suspense>
    </section>
  );
}
