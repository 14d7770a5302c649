import type { ModelEntry } from '@impetus/contracts/models';
import FileText from 'lucide-solid/icons/file-text';
import Pencil from 'lucide-solid/icons/pencil';
import Star from 'lucide-solid/icons/star';
import StarOff from 'lucide-solid/icons/star-off';
import Tag from 'lucide-solid/icons/tag';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, For, lazy, Show, Suspense, type JSX } from 'solid-js';
import { AsOf } from '../../components/as-of/as-of.tsx';
import { Badge } from '../../components/badge/badge.tsx';
import { Menu, type MenuItem } from '../../components/menu/menu.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { awayReason } from '../../state/actions.ts';
import { agentState, findRunner } from '../../state/agent-state.ts';
import { isConnected, shownAsOf } from '../../state/connection.ts';
import { markModels } from '../../state/library/library-actions.ts';
import { wantRemoved } from '../../state/library/remove-wish.ts';
import { sourceNames } from '../../state/library/words.ts';
import { may } from '../../state/rights.ts';
import { viewRunner } from '../../state/runner-view.ts';
import { showToast } from '../../state/toasts.ts';
import { kindWords } from './model-facts.ts';

const RenameSheet = lazy(() => import('./rename-model-sheet.tsx'));
const TagsSheet = lazy(() => import('./tags-sheet.tsx'));
const NotesSheet = lazy(() => import('./notes-sheet.tsx'));

/** What a model is called, how it is with it now, and what can be said about it. */
export function ModelHead(props: { readonly model: ModelEntry }): JSX.Element {
  const [sheet, setSheet] = createSignal<'rename' | 'tags' | 'notes' | null>(null);
  const view = () => viewRunner(findRunner(props.model.id), isConnected());
  const close = (): void => void setSheet(null);
  const isElsewhere = (): boolean => !['folder', 'sample'].includes(props.model.source);
  return (
    <header class="model-detail-head">
      <div class="model-detail-title">
        <h1>{props.model.name}</h1>
        <Show when={props.model.favourite}>
          <Star class="model-star" aria-label="Favourite" />
        </Show>
        <ModelMenu model={props.model} onOpen={setSheet} />
      </div>
      <p class="model-detail-badges">
        <Badge>{kindWords(props.model)}</Badge>
        <Show when={props.model.source === 'sample'}>
          <Badge>Sample</Badge>
        </Show>
        <Show when={isElsewhere()}>
          <Badge>{sourceNames[props.model.source]}</Badge>
        </Show>
        <Show when={agentState.defaultModel === props.model.id}>
          <Badge>Default</Badge>
        </Show>
        <For each={props.model.tags}>{(tag) => <Badge>{tag}</Badge>}</For>
        <Show when={props.model.problem === null}>
          <StateLabel kind={view().kind}>{view().words}</StateLabel>
        </Show>
        <AsOf at={shownAsOf()} />
      </p>
      <Show when={props.model.notes}>{(notes) => <p class="model-detail-notes">{notes()}</p>}</Show>
      <Suspense>
        <Show when={sheet() === 'rename'}>
          <RenameSheet model={props.model} onClose={close} />
        </Show>
        <Show when={sheet() === 'tags'}>
          <TagsSheet ids={[props.model.id]} onClose={close} />
        </Show>
        <Show when={sheet() === 'notes'}>
          <NotesSheet model={props.model} onClose={close} />
        </Show>
      </Suspense>
    </header>
  );
}

interface ModelMenuProps {
  readonly model: ModelEntry;
  readonly onOpen: (sheet: 'rename' | 'tags' | 'notes') => void;
}

function ModelMenu(props: ModelMenuProps): JSX.Element {
  /** A menu has no place for a reason: it is said when the item is chosen. */
  const whenThere = (act: () => void) => (): void => {
    const reason = awayReason();
    if (reason === null) act();
    else showToast(reason);
  };
  const remove = (): void => {
    if (props.model.removable) wantRemoved([props.model.id]);
    else showToast(`Its files belong to ${sourceNames[props.model.source]}: remove it there.`);
  };
  const items = (): readonly MenuItem[] => {
    const { id, favourite } = props.model;
    const marks: readonly MenuItem[] = [
      {
        label: favourite ? 'No favourite' : 'Favourite',
        icon: () => (favourite ? <StarOff /> : <Star />),
        onSelect: whenThere(() => void markModels([id], { favourite: !favourite })),
      },
      { label: 'Rename…', icon: () => <Pencil />, onSelect: whenThere(() => props.onOpen('rename')) },
      { label: 'Tags…', icon: () => <Tag />, onSelect: whenThere(() => props.onOpen('tags')) },
      { label: 'Notes…', icon: () => <FileText />, onSelect: whenThere(() => props.onOpen('notes')) },
    ];
    const removal: readonly MenuItem[] = [
      { label: 'Remove…', icon: () => <Trash />, onSelect: whenThere(remove), danger: true },
    ];
    return [
      ...(may('admin') ? marks : []),
      ...(may('remove') && props.model.source !== 'sample' ? removal : []),
    ];
  };
  return (
    <Show when={items().length > 0}>
      <Menu label={`More about ${props.model.name}`} items={items()} />
    </Show>
  );
}
