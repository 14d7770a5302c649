import type { ApiKeyInfo } from '@impetus/contracts/keys';
import type { Scope } from '@impetus/contracts/scope-list';
import { createSignal, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { awayReason } from '../../state/actions.ts';
import { announce } from '../../state/announcer.ts';
import { ScopeChoice } from '../access/scope-choice.tsx';
import { LimitFields, limitsFrom, limitsProblem, type LimitTexts } from './limit-fields.tsx';

/** What can be changed about a key without giving it a new secret. */
export function KeyForm(props: { readonly key: ApiKeyInfo }): JSX.Element {
  const [name, setName] = createSignal<string | null>(null);
  const [scopes, setScopes] = createSignal<readonly Scope[] | null>(null);
  const [limits, setLimits] = createSignal<LimitTexts | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const stored = (): LimitTexts => ({
    concurrency: String(props.key.limits.concurrency ?? ''),
    requestsPerMinute: String(props.key.limits.requestsPerMinute ?? ''),
  });
  const isChanged = (): boolean => name() !== null || scopes() !== null || limits() !== null;
  const reason = (): string | null => {
    if (!isChanged()) return 'Nothing was changed.';
    if (name()?.trim() === '') return 'A key needs a name.';
    if (scopes()?.length === 0) return 'A key needs at least one scope; to end it, revoke it.';
    return limitsProblem(limits() ?? stored()) ?? awayReason();
  };
  const reset = (): void => {
    setName(null);
    setScopes(null);
    setLimits(null);
    setFailure(null);
  };
  const save = async (): Promise<void> => {
    const [newName, newScopes, newLimits] = [name(), scopes(), limits()];
    try {
      await api.keys.update.mutate({
        id: props.key.id,
        ...(newName !== null && { name: newName }),
        ...(newScopes !== null && { scopes: [...newScopes] }),
        ...(newLimits !== null && { limits: limitsFrom(newLimits) }),
      });
      reset();
      announce('Saved.');
    } catch (error) {
      setFailure(toFailure(error, `The key of ${props.key.name} was not changed.`));
    }
  };
  return (
    <form
      class="detail-card"
      aria-label={`Change ${props.key.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason() === null) void save();
      }}
    >
      <h3>Name, permissions and limits</h3>
      <TextField label="Name" autocomplete="off" value={name() ?? props.key.name} onInput={setName} />
      <ScopeChoice scopes={scopes() ?? props.key.scopes} onChange={setScopes} />
      <LimitFields texts={limits() ?? stored()} onChange={setLimits} />
      <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
      <div class="detail-actions">
        <Button disabledReason={isChanged() ? null : 'Nothing was changed.'} onPress={reset}>
          Undo
        </Button>
        <Button kind="primary" type="submit" disabledReason={reason()}>
          Save
        </Button>
      </div>
    </form>
  );
}
