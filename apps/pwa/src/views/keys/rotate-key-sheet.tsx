import type { ApiKeyInfo, CreatedKey } from '@impetus/contracts/keys';
import { createSignal, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure, type Failure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { RadioList } from '../../components/option-list/option-list.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { awayReason } from '../../state/actions.ts';
import { Secret } from './secret.tsx';

type Grace = 'none' | 'hour' | 'day';

const graceSeconds: Readonly<Record<Grace, number>> = { none: 0, hour: 3_600, day: 86_400 };

const graces: readonly { readonly value: Grace; readonly label: string; readonly hint?: string }[] = [
  { value: 'none', label: 'Not at all', hint: 'It stops at once: right where somebody may have seen it.' },
  { value: 'hour', label: 'For an hour', hint: 'Time to put the new one in its place.' },
  { value: 'day', label: 'For a day' },
];

/** Gives a key a new secret, which is shown once. */
export default function RotateKeySheet(props: {
  readonly key: ApiKeyInfo;
  readonly onClose: () => void;
}): JSX.Element {
  const [grace, setGrace] = createSignal<Grace>('none');
  const [created, setCreated] = createSignal<CreatedKey | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const rotate = async (): Promise<void> => {
    try {
      const { id } = props.key;
      setCreated(await api.keys.rotate.mutate({ id, graceSeconds: graceSeconds[grace()] }));
    } catch (error) {
      setFailure(toFailure(error, 'The key has its old secret still.'));
    }
  };
  return (
    <Show
      when={created()}
      fallback={
        <Sheet
          open
          onClose={props.onClose}
          title={`A new secret for ${props.key.name}?`}
          description="Name, permissions and limits stay. The tool that has the old secret needs the new one."
          actions={
            <>
              <Button onPress={props.onClose}>Cancel</Button>
              <Button kind="primary" disabledReason={awayReason()} onPress={() => void rotate()}>
                Make a new secret
              </Button>
            </>
          }
        >
          <RadioList label="The old one works on" options={graces} value={grace()} onChange={setGrace} />
          <Show when={failure()}>{(shown) => <ErrorPanel failure={shown()} />}</Show>
        </Sheet>
      }
    >
      {(made) => (
        <Sheet
          open
          onClose={props.onClose}
          title={`The new key of ${props.key.name}`}
          actions={<Button onPress={props.onClose}>Done</Button>}
        >
          <Secret what="the key" secret={made().key} />
        </Sheet>
      )}
    </Show>
  );
}
