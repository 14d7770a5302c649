import type { ApiKeyInfo } from '@impetus/contracts/keys';
import type { Tool } from '@impetus/contracts/tools/types';
import { createSignal, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { useNow } from '../../lib/clock.ts';
import { reasonAgainst } from '../../state/actions.ts';
import { announce } from '../../state/announcer.ts';
import { keyState, usedWords } from '../../state/key-words.ts';
import { may } from '../../state/rights.ts';
import { useFetched } from '../../state/use-fetched.ts';
import { Secret } from '../keys/secret.tsx';

export interface ToolKeyProps {
  readonly tool: Tool;
  /** The secret that was made here. */
  readonly secret: string | null;
  readonly onSecret: (secret: string) => void;
}

/** Makes a key of the tool’s own, or a new secret for the one that it has. */
export function ToolKey(props: ToolKeyProps): JSX.Element {
  const now = useNow();
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const keys = useFetched<readonly ApiKeyInfo[]>(
    () => (may('admin') ? api.keys.list.query() : Promise.resolve([])),
    { what: 'The keys could not be listed.', follows: ['keys'] },
  );
  const existing = (): ApiKeyInfo | undefined =>
    keys.value()?.find((key) => key.name === props.tool.name && keyState(key, now()) === 'good');
  const make = async (): Promise<void> => {
    const old = existing();
    try {
      const { key } =
        old === undefined
          ? await api.keys.create.mutate({ name: props.tool.name, scopes: ['infer'] })
          : await api.keys.rotate.mutate({ id: old.id });
      setFailure(null);
      props.onSecret(key);
      announce('The key was made, and stands in the configuration.');
    } catch (error) {
      setFailure(toFailure(error, 'The key was not made.'));
    }
  };
  return (
    <>
      <Show
        when={props.secret}
        fallback={
          <>
            <p class="detail-note connect-text">
              <Show
                when={existing()}
                fallback={`A key named “${props.tool.name}”. It may ask models and nothing else, and can be revoked by itself.`}
              >
                {(key) =>
                  `There is a key named “${key().name}”, last used: ${usedWords(key(), now()).toLowerCase()}. Its secret is not kept here; a new one takes its place, and the old one ends at once.`
                }
              </Show>
            </p>
            <div class="detail-actions">
              <Button kind="primary" disabledReason={reasonAgainst('admin')} onPress={() => void make()}>
                {existing() === undefined ? 'Create the key' : 'Make a new secret'}
              </Button>
            </div>
          </>
        }
      >
        {(secret) => <Secret what="the key" secret={secret()} />}
      </Show>
      <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
    </>
  );
}
