import { useNavigate } from '@solidjs/router';
import Activity from 'lucide-solid/icons/activity';
import { Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { lastConversationPath } from '../../state/last-place.ts';
import { macName } from '../../state/agent-state.ts';
import { everyRequest, isUnfiltered, type RequestFilter } from '../../state/request-feed.ts';

export interface NoRequestsProps {
  readonly filter: RequestFilter;
  readonly onFilter: (filter: RequestFilter) => void;
}

/** A list with nothing in it: none was made yet, or none matches. */
export function NoRequests(props: NoRequestsProps): JSX.Element {
  const navigate = useNavigate();
  return (
    <Show
      when={isUnfiltered(props.filter)}
      fallback={
        <EmptyState title={nothingWords(props.filter)} text="New ones that match appear here by themselves.">
          <Button onPress={() => props.onFilter(everyRequest)}>Show all requests</Button>
        </EmptyState>
      }
    >
      <EmptyState
        icon={<Activity />}
        title="No requests yet"
        text={`Whatever this page or another program asks of ${macName()} is listed here: what it waited for, how fast it was answered, and how it ended.`}
      >
        <Button kind="primary" onPress={() => navigate(lastConversationPath())}>
          Ask something
        </Button>
      </EmptyState>
    </Show>
  );
}

function nothingWords({ outcome, modelId, requesterId }: RequestFilter): string {
  if (modelId !== null || requesterId !== null || outcome === null) return 'Nothing matches';
  return outcome === 'running' ? 'Nothing is under way' : `No request ${endings[outcome]}`;
}

const endings = { done: 'was completed', failed: 'has failed', cancelled: 'was cancelled' };
