import './request-row.css';
import type { RequestRecord } from '@impetus/contracts/records';
import { Show, type JSX } from 'solid-js';
import { Progress } from '../../components/progress/progress.tsx';
import { StateMark } from '../../components/state-mark/state-mark.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatClock } from '../../lib/format.ts';
import { findRunner, modelName } from '../../state/agent-state.ts';
import { isConnected } from '../../state/connection.ts';
import { dialectName, tokensLine, viewRequest } from '../../state/request-words.ts';
import { requestPath } from './request-path.ts';

export interface RequestRowProps {
  readonly record: RequestRecord;
  readonly isCurrent: boolean;
}

/** One request: its model, who asked, how far it is or how it ended. */
export function RequestRow(props: RequestRowProps): JSX.Element {
  const now = useNow();
  const view = () => viewRequest(props.record, findRunner(props.record.modelId), isConnected());
  return (
    <li>
      <a
        class="request-row"
        href={requestPath(props.record.id)}
        aria-current={props.isCurrent ? 'page' : undefined}
      >
        <StateMark kind={view().kind} />
        <span class="request-row-model truncate">{modelName(props.record.modelId)}</span>
        <span class="request-row-time">{formatClock(Date.parse(props.record.startedAt), now())}</span>
        <span class="request-row-state truncate">
          <span data-failed={view().kind === 'failed' || undefined}>{view().words}</span>
          {' · '}
          {props.record.requesterName}
          {' · '}
          {dialectName(props.record.dialect)}
        </span>
        <span class="request-row-tokens truncate">{tokensLine(props.record)}</span>
        <Show when={view().progress}>
          {(progress) => (
            <span class="request-row-progress">
              <Progress label={progress().label} value={progress().value} />
            </span>
          )}
        </Show>
      </a>
    </li>
  );
}
