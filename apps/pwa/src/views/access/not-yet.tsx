import { Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { awayReason } from '../../state/actions.ts';
import { macName } from '../../state/agent-state.ts';
import { connection, lookAgain } from '../../state/connection.ts';
import type { Fetched } from '../../state/use-fetched.ts';

export interface NotYetProps {
  readonly fetched: Pick<Fetched<unknown>, 'failure' | 'reload'>;
  /** “The devices” */
  readonly what: string;
  readonly rows?: number;
}

/** Where a list will be: on its way, failed, or out of reach. */
export function NotYet(props: NotYetProps): JSX.Element {
  const isAway = (): boolean => connection().kind === 'away';
  const failure = () =>
    props.fetched.failure() ??
    (isAway()
      ? {
          what: `${props.what} could not be listed.`,
          why: `${macName()} does not answer; they are listed as soon as it is back.`,
          remedy: null,
        }
      : null);
  return (
    <Show
      when={failure()}
      fallback={<Skeleton rows={props.rows ?? 4} label={`Loading: ${props.what.toLowerCase()}`} />}
    >
      {(shown) => (
        <ErrorPanel failure={shown()}>
          <Button
            size="small"
            disabledReason={isAway() ? null : awayReason()}
            onPress={() => (isAway() ? lookAgain() : void props.fetched.reload())}
          >
            Try again
          </Button>
        </ErrorPanel>
      )}
    </Show>
  );
}
