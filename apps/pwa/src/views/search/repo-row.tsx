import type { HubRepo } from '@impetus/contracts/hub';
import Lock from 'lucide-solid/icons/lock';
import { Show, type JSX } from 'solid-js';
import { Badge } from '../../components/badge/badge.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { macName } from '../../state/agent-state.ts';
import { repoFacts } from '../../state/hub/hub-words.ts';
import { repoPath } from './repo-path.ts';

/** One repo: its name, who made it, two facts, whether it is likely to fit. */
export function RepoRow(props: { readonly repo: HubRepo; readonly isCurrent: boolean }): JSX.Element {
  return (
    <li>
      <a
        class="repo-row"
        href={repoPath(props.repo.repo)}
        aria-current={props.isCurrent ? 'page' : undefined}
      >
        <span class="repo-row-name">
          <span class="truncate">{props.repo.name}</span>
          <Show when={props.repo.gate !== 'none' || props.repo.private}>
            <Lock aria-label={props.repo.private ? 'Private' : 'Gated'} />
          </Show>
          <Show when={!props.repo.gguf}>
            <Badge>No GGUF</Badge>
          </Show>
        </span>
        <span class="repo-row-facts truncate">
          {[props.repo.author, repoFacts(props.repo)].filter(Boolean).join(' · ')}
        </span>
        <Show when={props.repo.fits !== null}>
          <span class="repo-row-fit">
            <StateLabel kind={props.repo.fits ? 'done' : 'away'}>
              {props.repo.fits ? `Likely to fit ${macName()}` : `Too large for ${macName()}`}
            </StateLabel>
          </span>
        </Show>
      </a>
    </li>
  );
}
