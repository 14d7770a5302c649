import './pairing-prompt.css';
import type { PairingView } from '@impetus/contracts/pairing';
import { createSignal, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { Digits } from '../../components/digits/digits.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Facts } from '../../components/facts/facts.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { addressWords } from '../../lib/address-words.ts';
import { browserWords } from '../../lib/device-platform.ts';
import { useCountdown } from '../../lib/countdown.ts';
import { awayReason } from '../../state/actions.ts';
import { macName } from '../../state/agent-state.ts';
import { timeLeft } from '../../state/pairing-words.ts';
import { scopesLine } from '../../state/scope-words.ts';
import { showToast } from '../../state/toasts.ts';

export interface PairingPromptProps {
  readonly pairing: PairingView;
  /** Put aside on this screen; others still show it. */
  readonly onClose: () => void;
}

/** A device asks to come in: its six digits, who it says it is, and the decision. */
export default function PairingPrompt(props: PairingPromptProps): JSX.Element {
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const left = useCountdown(() => props.pairing.expiresAt);
  const digits = (): string => props.pairing.asker?.digits ?? '';
  const decide = async (act: () => Promise<unknown>, done: string): Promise<void> => {
    try {
      await act();
      showToast(done);
    } catch (error) {
      setFailure(toFailure(error, 'Nothing was decided.'));
    }
  };
  const approve = (): void => {
    const { id, name } = props.pairing;
    void decide(() => api.pairing.approve.mutate({ id, digits: digits() }), `${name} may come in.`);
  };
  const deny = (): void => {
    const { id, name } = props.pairing;
    void decide(() => api.pairing.deny.mutate({ id }), `${name} was denied.`);
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={`Let ${props.pairing.name} in?`}
      description={`It shows six digits. Are they these? If they differ, somebody else is trying to come in to ${macName()}.`}
      actions={
        <>
          <Button kind="danger" disabledReason={awayReason()} onPress={deny}>
            Deny
          </Button>
          <Button kind="primary" disabledReason={awayReason()} onPress={approve}>
            They are the same
          </Button>
        </>
      }
    >
      <div class="pairing-prompt-digits">
        <Digits label="Six digits to compare" digits={digits()} group={3} />
      </div>
      <Facts
        facts={[
          { term: 'May', value: <>{scopesLine(props.pairing.scopes)}</> },
          { term: 'Asks from', value: <>{addressWords(props.pairing.asker?.address ?? null) ?? '–'}</> },
          {
            term: 'With',
            value: <>{browserWords(props.pairing.asker?.userAgent ?? '') ?? 'An unknown browser'}</>,
          },
          { term: 'Invited by', value: <>{props.pairing.invitedBy}</> },
          { term: 'Time left', value: <span role="timer">{timeLeft(left())}</span> },
        ]}
      />
      <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
    </Sheet>
  );
}
