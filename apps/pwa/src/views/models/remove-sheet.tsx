import './remove-sheet.css';
import type { RemovalPlan } from '@impetus/contracts/library';
import { createResource, For, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { formatBytes } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import { macName, modelName } from '../../state/agent-state.ts';
import { removeModels } from '../../state/library/library-actions.ts';
import { stopSelecting } from '../../state/library/library-state.ts';
import { removalDescription } from '../../state/library/removal-words.ts';

export interface RemoveSheetProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** Asks before models go off the disk, and names every file that goes. */
export default function RemoveSheet(props: RemoveSheetProps): JSX.Element {
  const [plan] = createResource(async () => {
    try {
      return { plan: await api.library.removalPlan.query({ ids: [...props.ids] }) };
    } catch (error) {
      return { failure: toFailure(error, 'It is not known what would go.') };
    }
  });
  const known = (): RemovalPlan | undefined => plan.latest?.plan;
  /** Nothing, of a link and until it is known. */
  const freed = (): number => known()?.totalBytes ?? 0;
  const going = () => known()?.models.filter(({ refusal }) => refusal === null) ?? [];
  const title = (): string => {
    const [only] = props.ids;
    return props.ids.length === 1 && only !== undefined
      ? `Remove ${modelName(only)}?`
      : `Remove ${props.ids.length} models?`;
  };
  const remove = (): void => {
    const agreed = known();
    if (agreed === undefined) return;
    void removeModels(agreed).then((done) => done && stopSelecting());
    props.onClose();
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={title()}
      {...(known() !== undefined && { description: removalDescription(known()!, macName()) })}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button
            kind="danger"
            disabledReason={awayReason() ?? (going().length === 0 ? 'Nothing of this can be removed.' : null)}
            onPress={remove}
          >
            {freed() === 0 ? 'Remove' : `Remove ${formatBytes(freed())}`}
          </Button>
        </>
      }
    >
      <Show when={plan.latest?.failure}>{(failure) => <ErrorPanel failure={failure()} />}</Show>
      <Show when={known()} fallback={plan.loading && <Skeleton rows={2} label="Finding out what would go" />}>
        {(shown) => (
          <ul class="remove-list">
            <For each={shown().models}>
              {(model) => (
                <li>
                  <p class="remove-list-name">{model.name}</p>
                  <Show
                    when={model.refusal}
                    fallback={
                      <ul>
                        <For each={model.files}>
                          {(file) => (
                            <li class="remove-list-file">
                              <span class="mono">{file.path}</span>
                              <span>
                                {file.isLink ? 'Link, its file stays' : formatBytes(file.sizeBytes)}
                              </span>
                            </li>
                          )}
                        </For>
                        <Show when={model.loaded}>
                          <li class="remove-list-note">It is loaded, and is unloaded first.</li>
                        </Show>
                      </ul>
                    }
                  >
                    {(refusal) => <p class="remove-list-note">Stays: {refusal()}</p>}
                  </Show>
                </li>
              )}
            </For>
          </ul>
        )}
      </Show>
    </Sheet>
  );
}
