import RotateCw from 'lucide-solid/icons/rotate-cw';
import X from 'lucide-solid/icons/x';
import { For, Show, type JSX } from 'solid-js';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatAge } from '../../lib/format.ts';
import { macName } from '../../state/agent-state.ts';
import { forgetWishFor, retryWish, wishes } from '../../state/wishes.ts';

/** What was asked of the Mac while it was away. */
export function WishRows(): JSX.Element {
  const now = useNow();
  return (
    <Show when={wishes().length > 0}>
      <section class="downloads-group" aria-label="Wishes">
        <div class="downloads-group-head">
          <h2>When {macName()} is back</h2>
        </div>
        <ul>
          <For each={wishes()}>
            {(wish) => (
              <li>
                <article class="download-row" aria-label={wish.wanted.name}>
                  <div class="download-row-text">
                    <p class="download-row-name">
                      <span class="truncate">{wish.wanted.name}</span>
                    </p>
                    <p class="download-row-state">
                      <StateLabel kind={wish.refusal === null ? 'waiting' : 'failed'}>
                        {wish.refusal === null ? 'Asked for' : 'Refused'}
                      </StateLabel>
                      <span>{formatAge(wish.at, now())}</span>
                    </p>
                    <Show when={wish.refusal}>
                      {(refusal) => <p class="download-row-reason">{refusal()}</p>}
                    </Show>
                  </div>
                  <div class="download-row-actions">
                    <Show when={wish.refusal !== null}>
                      <IconButton
                        label={`Ask again for ${wish.wanted.name}`}
                        onPress={() => retryWish(wish.id)}
                      >
                        <RotateCw />
                      </IconButton>
                    </Show>
                    <IconButton label={`Forget ${wish.wanted.name}`} onPress={() => forgetWishFor(wish.id)}>
                      <X />
                    </IconButton>
                  </div>
                </article>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
