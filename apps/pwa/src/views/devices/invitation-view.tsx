import type { PairingInvitation } from '@impetus/contracts/pairing';
import { createEffect, on, onMount, Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Digits } from '../../components/digits/digits.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Qr } from '../../components/qr/qr.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { Steps } from '../../components/steps/steps.tsx';
import { useCountdown } from '../../lib/countdown.ts';
import { awayReason } from '../../state/actions.ts';
import { macName } from '../../state/agent-state.ts';
import { announce } from '../../state/announcer.ts';
import { hasEnded } from '../../state/pairing-state.ts';
import { fingerprintWords, invitationWords, timeLeft } from '../../state/pairing-words.ts';
import { devicePath } from './device-path.ts';
import type { Invitation } from './use-invitation.ts';

export interface InvitationViewProps {
  readonly made: PairingInvitation;
  readonly name: string;
  readonly state: Invitation;
  readonly onAgain: () => void;
  readonly onCancel: () => void;
}

/** The codes that bring a device here, how long they hold, and what became of them. */
export function InvitationView(props: InvitationViewProps): JSX.Element {
  const left = useCountdown(() => props.made.expiresAt);
  const state = () => props.state.view()?.state ?? 'open';
  const words = () => invitationWords(state(), props.name);
  const isOver = (): boolean => hasEnded(state());
  // The form before it may have been scrolled down.
  onMount(() => document.querySelector('.column-page')?.scrollTo({ top: 0 }));
  createEffect(on(words, ({ words: said }) => announce(`${said}.`), { defer: true }));
  return (
    <Show when={state() !== 'joined'} fallback={<Joined {...props} />}>
      <div class="page-title">
        <h1>Add {props.name}</h1>
      </div>
      <div class="add-device-bar">
        <StateLabel kind={words().kind}>{words().words}</StateLabel>
        <Show when={!isOver()}>
          <span class="add-device-left" role="timer">
            {timeLeft(left())} left
          </span>
        </Show>
        <span class="add-device-bar-actions">
          <Show when={!isOver()}>
            <Button size="small" disabledReason={awayReason()} onPress={props.onCancel}>
              Cancel
            </Button>
          </Show>
          <Button
            size="small"
            kind={isOver() ? 'primary' : 'plain'}
            disabledReason={props.state.isBusy() ? 'The code is being made.' : awayReason()}
            onPress={props.onAgain}
          >
            New code
          </Button>
        </span>
      </div>
      <Show when={props.state.failure()}>{(failure) => <ErrorPanel failure={failure()} />}</Show>
      <Show when={!isOver()}>
        <div class="add-device-card">
          <Steps
            steps={[
              { title: `Trust ${macName()}`, content: () => <TrustStep made={props.made} /> },
              { title: 'Join', content: () => <JoinStep made={props.made} /> },
              {
                title: 'Compare six digits',
                content: () => (
                  <p>
                    {props.name} shows six digits, and so does this page and every screen that manages{' '}
                    {macName()}. If they are the same, let it in.
                  </p>
                ),
              },
            ]}
          />
        </div>
      </Show>
    </Show>
  );
}

function TrustStep(props: { readonly made: PairingInvitation }): JSX.Element {
  return (
    <Show
      when={props.made.bootstrapUrl}
      fallback={
        <p>
          <Show
            when={props.made.fingerprint}
            fallback="Nothing to do: this Mac’s certificate is one that devices trust already."
          >
            The page with the certificate could not be opened on this network. A device that trusts{' '}
            {macName()} already goes on with the next step.
          </Show>
        </p>
      }
    >
      {(url) => (
        <>
          <p>
            Once for each device, so that its browser knows {macName()}. Scan this with its camera; the page
            that opens has a guide for it. If it trusts {macName()} already, go on.
          </p>
          <Qr text={url()} label={`QR code of ${url()}`} />
          <p class="add-device-address mono">{url()}</p>
          <Show when={props.made.fingerprint}>{(hex) => <Fingerprint hex={hex()} />}</Show>
        </>
      )}
    </Show>
  );
}

/** For whoever wants to be sure that nobody on the network has put a certificate of theirs in the way. */
function Fingerprint(props: { readonly hex: string }): JSX.Element {
  return (
    <details class="add-device-fingerprint">
      <summary>Compare the fingerprint</summary>
      <p>The page shows these 32 pairs too. If one differs, the certificate is not this Mac’s: stop there.</p>
      <p class="mono">{fingerprintWords(props.hex)}</p>
    </details>
  );
}

function JoinStep(props: { readonly made: PairingInvitation }): JSX.Element {
  const address = (): string => new URL(props.made.url).origin;
  return (
    <>
      <p>Scan this with the same device. It opens {macName()} over https.</p>
      <Qr text={props.made.url} label={`QR code of an invitation to ${address()}`} />
      <p>
        Or, in the installed app and without a camera: open the address, choose “Join with eight digits” and
        type
      </p>
      <Digits label="Code" digits={props.made.code} group={4} />
      <p class="add-device-address mono">{address()}</p>
    </>
  );
}

function Joined(props: InvitationViewProps): JSX.Element {
  const deviceId = () => props.state.view()?.deviceId ?? null;
  return (
    <div class="add-device-card">
      <h1 class="add-device-done">{props.name} is in</h1>
      <p>It can use {macName()} from now on. What it may do can be changed at any time, and revoked.</p>
      <div class="add-device-links">
        <Show when={deviceId()}>
          {(id) => (
            <a class="add-device-link" href={devicePath(id())}>
              Look at it
            </a>
          )}
        </Show>
        <a class="add-device-link" href="/devices">
          All devices
        </a>
      </div>
    </div>
  );
}
