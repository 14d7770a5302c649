import type { ModelEntry } from '@impetus/contracts/models';
import { createSignal, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { awayReason } from '../../state/actions.ts';
import { markModels } from '../../state/library/library-actions.ts';

export interface NotesSheetProps {
  readonly model: ModelEntry;
  readonly onClose: () => void;
}

/** What its owner wants to remember about a model. */
export default function NotesSheet(props: NotesSheetProps): JSX.Element {
  const [notes, setNotes] = createSignal(props.model.notes);
  const save = (): void => {
    props.onClose();
    void markModels([props.model.id], { notes: notes().trim() });
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={`Notes on ${props.model.name}`}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button kind="primary" disabledReason={awayReason()} onPress={save}>
            Save
          </Button>
        </>
      }
    >
      <TextField label="Notes" value={notes()} onInput={setNotes} multiline autofocus />
    </Sheet>
  );
}
