import type { HubQuant, HubRepoDetail } from '@impetus/contracts/hub';
import { createEffect, createSignal, createUniqueId, For, Show, type JSX } from 'solid-js';
import { Badge } from '../../components/badge/badge.tsx';
import { Button } from '../../components/button/button.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { formatBytes } from '../../lib/format.ts';
import { viewFit } from '../../state/hub/hub-words.ts';
import { askFit, fitOf, isFit } from '../../state/hub/repo-state.ts';

/** So many are shown at first; a repo may have dozens. */
const few = 8;

export interface QuantListProps {
  readonly detail: HubRepoDetail;
  readonly chosen: HubQuant;
  readonly onChoose: (key: string) => void;
}

/** The files of a repo by quant, each with its size and whether it fits. */
export function QuantList(props: QuantListProps): JSX.Element {
  const name = createUniqueId();
  const [showsAll, setShowsAll] = createSignal(false);
  const isOpen = (): boolean => props.detail.access === 'open';
  const shown = (): readonly HubQuant[] => {
    const { quants } = props.detail;
    if (showsAll() || quants.length <= few) return quants;
    const best = Math.max(
      0,
      quants.findIndex(({ recommended }) => recommended),
    );
    const begin = Math.max(0, Math.min(best - few / 2, quants.length - few));
    return quants.slice(begin, begin + few);
  };
  createEffect(() => {
    if (!isOpen()) return;
    const { repo, revision } = props.detail;
    // The one that is looked at first, then the others as they stand.
    askFit(repo, revision, props.chosen.key);
    for (const { key, missing } of shown()) if (missing.length === 0) askFit(repo, revision, key);
  });
  return (
    <fieldset class="quant-list">
      <legend>Files by quant</legend>
      <For each={shown()}>
        {(quant) => (
          <label class="quant" data-chosen={quant.key === props.chosen.key ? '' : undefined}>
            <input
              type="radio"
              name={name}
              checked={quant.key === props.chosen.key}
              onChange={() => props.onChoose(quant.key)}
            />
            <span class="quant-name">
              <span class="truncate">{quant.quant ?? quant.name}</span>
              <Show when={quant.recommended}>
                <Badge>Recommended</Badge>
              </Show>
              <Show when={quant.files.length > 1}>
                <Badge>{quant.files.length} files</Badge>
              </Show>
            </span>
            <span class="quant-size">{formatBytes(quant.sizeBytes)}</span>
            <span class="quant-state">
              <QuantState detail={props.detail} quant={quant} />
            </span>
          </label>
        )}
      </For>
      <Show when={shown().length < props.detail.quants.length}>
        <Button kind="quiet" size="small" onPress={() => setShowsAll(true)}>
          Show all {props.detail.quants.length}
        </Button>
      </Show>
    </fieldset>
  );
}

function QuantState(props: { readonly detail: HubRepoDetail; readonly quant: HubQuant }): JSX.Element {
  const fit = () => fitOf(props.detail.repo, props.detail.revision, props.quant.key);
  const view = () => {
    const state = fit();
    if (props.quant.missing.length > 0) {
      return { kind: 'failed', words: `Lacks ${props.quant.missing.join(', ')}` } as const;
    }
    if (isFit(state)) return viewFit(state);
    if (state === undefined || state === 'asking') return null;
    return { kind: 'away', words: state.what } as const;
  };
  return (
    // The place is kept for what is asked.
    <Show
      when={view()}
      fallback={
        <span class="quant-unknown">{props.detail.access === 'open' ? 'Reading its header' : ''}</span>
      }
    >
      {(known) => <StateLabel kind={known().kind}>{known().words}</StateLabel>}
    </Show>
  );
}
