import type { ModelEntry } from '@impetus/contracts/models';
import { createSignal, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { awayReason } from '../../state/actions.ts';
import { markModels } from '../../state/library/library-actions.ts';

export interface RenameModelSheetProps {
  readonly model: ModelEntry;
  readonly onClose: () => void;
}

/** Gives a model another name; its file keeps its own. */
export default function RenameModelSheet(props: RenameModelSheetProps): JSX.Element {
  const [name, setName] = createSignal(props.model.name);
  const rename = (): void => {
    props.onClose();
    const next = name().trim();
    void markModels([props.model.id], { name: next === '' ? null : next });
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={`Rename ${props.model.name}`}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button kind="primary" disabledReason={awayReason()} onPress={rename}>
            Rename
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename();
        }}
      >
        <TextField
          label="Name"
          hint="Its file keeps its name, and requests may go on using its id. Empty: the name of its file."
          value={name()}
          onInput={setName}
          autofocus
        />
      </form>
    </Sheet>
  );
}
