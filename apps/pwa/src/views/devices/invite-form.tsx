import type { DeviceKind } from '@impetus/contracts/devices';
import type { BeginPairingInput } from '@impetus/contracts/pairing';
import type { Scope } from '@impetus/contracts/scope-list';
import { createSignal, Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { RadioList } from '../../components/option-list/option-list.tsx';
import { Segmented } from '../../components/segmented/segmented.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { awayReason } from '../../state/actions.ts';
import { macName } from '../../state/agent-state.ts';
import { guestEnd, guestLengths, type GuestLength } from '../../state/guest-time.ts';
import { ScopeChoice } from '../access/scope-choice.tsx';
import { KindChoice } from './kind-choice.tsx';

export interface InviteFormProps {
  readonly isBusy: boolean;
  readonly onInvite: (input: BeginPairingInput) => void;
}

/** What the device is called, what it is, what it may do, and whether it stays. */
export function InviteForm(props: InviteFormProps): JSX.Element {
  const [name, setName] = createSignal('');
  const [kind, setKind] = createSignal<DeviceKind>('phone');
  const [stay, setStay] = createSignal<'stays' | 'guest'>('stays');
  const [length, setLength] = createSignal<GuestLength>('day');
  const [scopes, setScopes] = createSignal<readonly Scope[]>(['infer', 'load', 'download', 'remove']);

  const chooseStay = (value: 'stays' | 'guest'): void => {
    setStay(value);
    // A guest seldom needs more; it can be given more below.
    if (value === 'guest') setScopes(['infer']);
  };
  const reason = (): string | null => {
    if (props.isBusy) return 'The code is being made.';
    if (name().trim() === '') return 'Give the device a name first.';
    return scopes().length === 0 ? 'Allow at least one thing.' : awayReason();
  };
  const invite = (): void =>
    props.onInvite({
      name: name().trim(),
      kind: kind(),
      scopes: [...scopes()],
      guestUntil: stay() === 'guest' ? guestEnd(length(), Date.now()) : null,
    });

  return (
    <form
      class="add-device-card"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason() === null) invite();
      }}
    >
      <TextField
        label="Name"
        placeholder="Anna’s phone"
        autocomplete="off"
        value={name()}
        onInput={setName}
        hint="So that you know it in the list, and in the audit log."
        autofocus
      />
      <KindChoice value={kind()} onChange={setKind} />
      <RadioList
        label="How long"
        options={[
          { value: 'stays', label: 'It stays', hint: 'Until somebody revokes it.' },
          {
            value: 'guest',
            label: 'A guest',
            hint: `${macName()} shuts it out by itself when its time is over.`,
          },
        ]}
        value={stay()}
        onChange={chooseStay}
      />
      <Show when={stay() === 'guest'}>
        <Segmented label="For how long" options={guestLengths} value={length()} onChange={setLength} />
      </Show>
      <Show when={stay()} keyed>
        <ScopeChoice scopes={scopes()} onChange={setScopes} />
      </Show>
      <div class="add-device-actions">
        <Button kind="primary" type="submit" disabledReason={reason()}>
          Show the codes
        </Button>
      </div>
    </form>
  );
}
