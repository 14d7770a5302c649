import './recommended.css';
import type { HubRecommendation } from '@impetus/contracts/hub';
import Download from 'lucide-solid/icons/download';
import { createEffect, createSignal, For, on, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { Button } from '../../components/button/button.tsx';
import { formatBytes } from '../../lib/format.ts';
import { awayReason } from '../../state/actions.ts';
import { agentState, macName } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { addDownload } from '../../state/downloads/download-actions.ts';
import { downloadName, isOver } from '../../state/downloads/download-view.ts';
import { may } from '../../state/rights.ts';
import { repoPath } from './repo-path.ts';

let known: readonly HubRecommendation[] | null = null;

/** Real models to begin with that fit this Mac; nothing where the Hub does not answer. */
export default function Recommended(props: { readonly most?: number }): JSX.Element {
  const [list, setList] = createSignal<readonly HubRecommendation[]>(known ?? []);
  createEffect(
    on(isConnected, (connected) => {
      if (!connected || known !== null) return;
      void api.hub.recommend.query().then(
        (found) => {
          if (found.length > 0) known = found;
          setList(found);
        },
        () => {
          // Without the Hub there is nothing to recommend; the page works as well.
        },
      );
    }),
  );
  // One that ended is under way no more: it failed, or its model may be gone again.
  const isUnderWay = ({ repo, key }: HubRecommendation): boolean =>
    agentState.downloads.some(
      (download) => download.repo === repo && download.key === key && !isOver(download),
    );
  return (
    <Show when={may('download') && list().length > 0}>
      <section class="recommended" aria-label={`Fits ${macName()}`}>
        <h2>To begin with</h2>
        <ul>
          <For each={list().slice(0, props.most ?? 3)}>
            {(one) => (
              <li>
                <a class="recommended-text" href={repoPath(one.repo)}>
                  <span class="recommended-name">{downloadName(one)}</span>
                  <span class="recommended-facts">
                    {[formatBytes(one.sizeBytes), one.licence].filter(Boolean).join(' · ')}
                  </span>
                  <span class="recommended-facts">{one.message}</span>
                </a>
                <Show
                  when={!isUnderWay(one)}
                  fallback={
                    <a class="button" data-kind="plain" data-size="small" href="/downloads">
                      <span>On its way</span>
                    </a>
                  }
                >
                  <Button
                    size="small"
                    icon={<Download />}
                    label={`Download ${downloadName(one)}`}
                    disabledReason={awayReason()}
                    onPress={() =>
                      void addDownload({
                        repo: one.repo,
                        revision: one.revision,
                        key: one.key,
                        name: downloadName(one),
                      })
                    }
                  >
                    Download
                  </Button>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
