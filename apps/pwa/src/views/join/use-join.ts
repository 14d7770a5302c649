import {
  newPairingNonce,
  pairingCommitment,
  pairingDigits,
  parseJoinFragment,
  type AskedPairing,
} from '@impetus/contracts/pairing';
import type { CurrentSession } from '@impetus/contracts/session';
import { createSignal, onCleanup, type Accessor } from 'solid-js';
import { isConnectionLoss, toFailure, type Failure } from '../../api/failure.ts';
import { httpApi } from '../../api/http-client.ts';
import { arrivedWith, forgetArrival } from '../../state/arrival.ts';
import { hasEnded } from '../../state/pairing-state.ts';
import { askerEndings } from '../../state/pairing-words.ts';
import { noteSignedIn } from '../../state/session.ts';

const retryMs = 1_000;

/** How far a device has come on its way in. */
export type JoinStage =
  /** It has no code yet, or has one from a link and has not shown it. */
  | { readonly kind: 'start' }
  | { readonly kind: 'asking' | 'approved'; readonly digits: string }
  | { readonly kind: 'ended'; readonly state: keyof typeof askerEndings }
  | { readonly kind: 'in'; readonly current: CurrentSession };

/** The way in, as the asking device goes it. */
export interface Joining {
  readonly stage: Accessor<JoinStage>;
  readonly failure: Accessor<Failure | null>;
  readonly isBusy: Accessor<boolean>;
  /** The one-time code of the link; null where the page was opened without one, or it was used up. */
  readonly linkCode: Accessor<string | null>;
  join(code: string): Promise<void>;
  /** Back to the start; what was asked for comes to nothing. */
  giveUp(): void;
}

/** The ticket of an attempt stays in this page's memory: whoever has it is the asking device. */
export function useJoin(): Joining {
  const [stage, setStage] = createSignal<JoinStage>({ kind: 'start' });
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  let attempt = 0;
  const isCurrent = (turn: number): boolean => turn === attempt;
  let ticket: string | null = null;
  /** Ends an attempt here and, where it got so far, on the inviting screen as well. */
  const abandon = (): void => {
    attempt += 1;
    const left = ticket;
    ticket = null;
    // An agent that does not hear of it lets the ticket run out.
    if (left !== null) httpApi.pairing.leave.mutate({ ticket: left }).catch(() => {});
  };
  onCleanup(abandon);

  const enter = async (approved: string): Promise<void> => {
    ticket = null;
    const current = await httpApi.pairing.claim.mutate({ ticket: approved });
    forgetArrival();
    setStage({ kind: 'in', current });
    noteSignedIn(current);
  };

  const wait = async (asked: string, digits: string, turn: number): Promise<void> => {
    let seen = 0;
    while (isCurrent(turn)) {
      const next = await nextState(asked, seen);
      if (!isCurrent(turn)) return;
      if (next === null) {
        await new Promise((resolve) => setTimeout(resolve, retryMs));
        continue;
      }
      seen = next.revision;
      if (next.state === 'approved') {
        setStage({ kind: 'approved', digits });
        await enter(asked);
        return;
      }
      if (hasEnded(next.state) && next.state in askerEndings) {
        ticket = null;
        forgetArrival();
        setStage({ kind: 'ended', state: next.state as keyof typeof askerEndings });
        return;
      }
    }
  };

  const join = async (code: string): Promise<void> => {
    abandon();
    const turn = attempt;
    setBusy(true);
    setFailure(null);
    try {
      const nonce = newPairingNonce();
      const commitment = await pairingCommitment(nonce);
      const joined = await httpApi.pairing.join.mutate({ code, commitment });
      ticket = joined.ticket;
      const digits = await pairingDigits(code, nonce, joined.agentNonce);
      await httpApi.pairing.reveal.mutate({ ticket: joined.ticket, nonce });
      setStage({ kind: 'asking', digits });
      setBusy(false);
      await wait(joined.ticket, digits, turn);
    } catch (error) {
      if (!isCurrent(turn)) return;
      setStage({ kind: 'start' });
      setFailure(toFailure(error, 'This device did not join.'));
    } finally {
      setBusy(false);
    }
  };

  return {
    stage,
    failure,
    isBusy,
    linkCode: () => parseJoinFragment(arrivedWith() ?? '')?.code ?? null,
    join,
    giveUp: () => {
      abandon();
      forgetArrival();
      setFailure(null);
      setStage({ kind: 'start' });
    },
  };
}

/** The state after the one that was seen; null where the Mac could not be asked just now. */
async function nextState(ticket: string, seen: number): Promise<AskedPairing | null> {
  try {
    return await httpApi.pairing.await.mutate({ ticket, seen });
  } catch (error) {
    if (isConnectionLoss(error)) return null;
    throw error;
  }
}
