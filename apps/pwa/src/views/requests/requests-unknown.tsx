import { Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { macName } from '../../state/agent-state.ts';
import { connection, lookAgain } from '../../state/connection.ts';

/** Where the list will be. */
export function RequestsUnknown(props: { readonly hasFailed: boolean }): JSX.Element {
  return (
    <Show when={!props.hasFailed}>
      <Show
        when={connection().kind === 'away'}
        fallback={<Skeleton rows={6} label="Loading the list of requests" />}
      >
        <div class="request-list-failure">
          <ErrorPanel
            failure={{
              what: 'The requests could not be listed.',
              why: `${macName()} does not answer; they are listed as soon as it is back.`,
              remedy: 'Check that the Mac is awake and that IMPETUS runs on it.',
            }}
          >
            <Button size="small" onPress={lookAgain}>
              Try again
            </Button>
          </ErrorPanel>
        </div>
      </Show>
    </Show>
  );
}
