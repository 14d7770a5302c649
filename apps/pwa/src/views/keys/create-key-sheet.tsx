import type { CreatedKey } from '@impetus/contracts/keys';
import type { Scope } from '@impetus/contracts/scope-list';
import { createSignal, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Segmented } from '../../components/segmented/segmented.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { awayReason } from '../../state/actions.ts';
import { keyEnd, keyLives, type KeyLife } from '../../state/key-words.ts';
import { ScopeChoice } from '../access/scope-choice.tsx';
import { LimitFields, limitsFrom, limitsProblem, noLimits, type LimitTexts } from './limit-fields.tsx';
import { Secret } from './secret.tsx';

/** Makes a key for one tool, and shows its secret once. */
export default function CreateKeySheet(props: { readonly onClose: () => void }): JSX.Element {
  const [name, setName] = createSignal('');
  const [scopes, setScopes] = createSignal<readonly Scope[]>(['infer']);
  const [life, setLife] = createSignal<KeyLife>('always');
  const [limits, setLimits] = createSignal<LimitTexts>(noLimits);
  const [created, setCreated] = createSignal<CreatedKey | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const reason = (): string | null => {
    if (name().trim() === '') return 'Give the key a name first.';
    if (scopes().length === 0) return 'Allow at least one thing.';
    return limitsProblem(limits()) ?? awayReason();
  };
  const create = async (): Promise<void> => {
    try {
      setCreated(
        await api.keys.create.mutate({
          name: name().trim(),
          scopes: [...scopes()],
          limits: limitsFrom(limits()),
          expiresAt: keyEnd(life(), Date.now()),
        }),
      );
    } catch (error) {
      setFailure(toFailure(error, 'The key was not made.'));
    }
  };
  return (
    <Show
      when={created()}
      fallback={
        <Sheet
          open
          onClose={props.onClose}
          title="Create a key"
          actions={
            <>
              <Button onPress={props.onClose}>Cancel</Button>
              <Button kind="primary" disabledReason={reason()} onPress={() => void create()}>
                Create the key
              </Button>
            </>
          }
        >
          <TextField
            label="Name"
            placeholder="Editor on the laptop"
            hint="One key for each tool, so that each can be revoked by itself."
            autocomplete="off"
            value={name()}
            onInput={setName}
            autofocus
          />
          <ScopeChoice scopes={scopes()} onChange={setScopes} />
          <div class="key-life">
            <p aria-hidden="true">Good for</p>
            <Segmented label="Good for" options={keyLives} value={life()} onChange={setLife} />
          </div>
          <LimitFields texts={limits()} onChange={setLimits} />
          <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
        </Sheet>
      }
    >
      {(made) => (
        <Sheet
          open
          onClose={props.onClose}
          title={`The key of ${name().trim()}`}
          actions={
            <Button kind="plain" onPress={props.onClose}>
              Done
            </Button>
          }
        >
          <Secret what="the key" secret={made().key}>
            <p class="secret-note">
              Programs show it as <code>Authorization: Bearer imp_…</code> to{' '}
              <code>{location.origin}/v1</code>.
            </p>
          </Secret>
        </Sheet>
      )}
    </Show>
  );
}
