import type { BeginPairingInput, PairingInvitation, PairingView } from '@impetus/contracts/pairing';
import { createSignal, type Accessor } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { hasEnded } from '../../state/pairing-state.ts';
import { pairings } from '../../state/pairings.ts';

/** An invitation that this screen makes, and follows until nothing more will happen. */
export interface Invitation {
  readonly invitation: Accessor<PairingInvitation | null>;
  /** How it stands; undefined until the first news of it. */
  readonly view: Accessor<PairingView | undefined>;
  readonly failure: Accessor<Failure | null>;
  readonly isBusy: Accessor<boolean>;
  /** Makes one, in the place of one that may be open. */
  begin(input: BeginPairingInput): Promise<void>;
  cancel(): Promise<void>;
}

export function useInvitation(): Invitation {
  const [invitation, setInvitation] = createSignal<PairingInvitation | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  const view = (): PairingView | undefined => pairings().find(({ id }) => id === invitation()?.id);

  const cancel = async (): Promise<void> => {
    const id = invitation()?.id;
    const present = view();
    if (id === undefined || (present !== undefined && hasEnded(present.state))) return;
    try {
      await api.pairing.cancel.mutate({ id });
    } catch (error) {
      setFailure(toFailure(error, 'The invitation was not cancelled.'));
    }
  };

  const begin = async (input: BeginPairingInput): Promise<void> => {
    setBusy(true);
    await cancel();
    try {
      setInvitation(await api.pairing.begin.mutate(input));
      setFailure(null);
    } catch (error) {
      setFailure(toFailure(error, 'The device could not be invited.'));
    } finally {
      setBusy(false);
    }
  };

  return { invitation, view, failure, isBusy, begin, cancel };
}
