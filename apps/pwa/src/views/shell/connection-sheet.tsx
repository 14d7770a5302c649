import { lazy, Match, Show, Suspense, Switch, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Facts, type Fact } from '../../components/facts/facts.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatAge, formatClock } from '../../lib/format.ts';
import { macName } from '../../state/agent-state.ts';
import { connection, heardAt, lookAgain } from '../../state/connection.ts';
import type { ConnectionView } from '../../state/connection-machine.ts';
import { connectionWords } from './connection-words.ts';
import { standing } from './standing.ts';

const TrustCheck = lazy(() => import('../join/trust-check.tsx'));

export interface ConnectionSheetProps {
  readonly onClose: () => void;
  readonly onSignIn: () => void;
}

function explanation(): string {
  const { isSignedOut, isUntrusted } = standing();
  if (isSignedOut)
    return 'The Mac answers, and does not know this browser any more. What is shown is as old as it says.';
  const { kind } = connection();
  if (kind === 'connected' && isUntrusted) {
    return 'Everything on this page is as it is now. But this browser does not trust the certificate of the Mac: the page cannot be installed, nor opened while the Mac is away.';
  }
  return explanations[kind];
}

const explanations: Record<ConnectionView['kind'], string> = {
  connected: 'Everything on this page is as it is now.',
  reconnecting: 'The connection was interrupted; the page is looking for the Mac.',
  away: 'Is the Mac on and awake, is IMPETUS running on it, and is this device in the same network? The page tries again every few seconds and whenever you come back to it.',
};

/** What the connection pill knows, in full, and the way to look again. */
export default function ConnectionSheet(props: ConnectionSheetProps): JSX.Element {
  const now = useNow();
  const words = () => connectionWords(connection(), standing(), now());
  const facts = (): Fact[] => {
    const at = heardAt();
    const network: Fact[] = navigator.onLine ? [] : [{ term: 'This device', value: 'Has no network' }];
    return [
      { term: 'State', value: <StateLabel kind={words().kind}>{words().words}</StateLabel> },
      { term: 'Address', value: location.host, mono: true },
      {
        term: 'Last heard',
        value: at === null ? 'Not yet' : `${formatClock(at, now())}, ${formatAge(at, now())}`,
      },
      ...network,
    ];
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={macName()}
      description={explanation()}
      actions={
        <Switch>
          <Match when={standing().isSignedOut}>
            <Button kind="primary" onPress={props.onSignIn}>
              Sign in
            </Button>
          </Match>
          <Match when={connection().kind !== 'connected'}>
            <Button kind="primary" onPress={lookAgain}>
              Look again
            </Button>
          </Match>
        </Switch>
      }
    >
      <Facts facts={facts()} />
      <Suspense>
        <Show when={standing().isUntrusted}>
          <TrustCheck mac={macName()} />
        </Show>
      </Suspense>
    </Sheet>
  );
}
