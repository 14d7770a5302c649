import type { ApiKeyInfo } from '@impetus/contracts/keys';
import { createSignal, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { useNow } from '../../lib/clock.ts';
import { awayReason } from '../../state/actions.ts';
import { usedWords } from '../../state/key-words.ts';
import { showToast } from '../../state/toasts.ts';

/** Asks before a key is revoked, and says what ends with it. */
export default function RevokeKeySheet(props: {
  readonly key: ApiKeyInfo;
  readonly onClose: () => void;
}): JSX.Element {
  const now = useNow();
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const revoke = async (): Promise<void> => {
    const { id, name } = props.key;
    try {
      await api.keys.revoke.mutate({ id });
      props.onClose();
      showToast(`The key of ${name} was revoked.`);
    } catch (error) {
      setFailure(toFailure(error, `The key of ${name} was not revoked.`));
    }
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={`Revoke the key of ${props.key.name}?`}
      description={`What it has under way ends at once, and whoever shows it is refused from now on. Last used: ${usedWords(props.key, now()).toLowerCase()}. This cannot be undone; a new key takes its place.`}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button kind="danger" disabledReason={awayReason()} onPress={() => void revoke()}>
            Revoke the key
          </Button>
        </>
      }
    >
      <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
    </Sheet>
  );
}
