import { createSignal, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { reasonAgainst } from '../../state/actions.ts';
import { macName } from '../../state/agent-state.ts';
import { showToast } from '../../state/toasts.ts';

/** Asks before the text of every request is forgotten, which cannot be undone. */
export default function ForgetTextSheet(props: { readonly onClose: () => void }): JSX.Element {
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const forget = async (): Promise<void> => {
    try {
      await api.requests.forgetText.mutate();
      props.onClose();
      showToast('The text of all requests was forgotten.');
    } catch (error) {
      setFailure(toFailure(error, 'The text was not forgotten.'));
    }
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title="Forget all text?"
      description={`The prompts and answers of every request go from ${macName()}; the records stay, without them. This cannot be undone. Conversations in this browser are not touched.`}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button kind="danger" disabledReason={reasonAgainst('admin')} onPress={() => void forget()}>
            Forget all text
          </Button>
        </>
      }
    >
      <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
    </Sheet>
  );
}
