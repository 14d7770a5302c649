import { createSignal, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import type { ConversationSummary } from '../../state/conversation.ts';
import { renameConversation } from '../../state/conversations.ts';

export interface RenameSheetProps {
  readonly summary: ConversationSummary;
  readonly onClose: () => void;
}

/** Gives a conversation another name. */
export default function RenameSheet(props: RenameSheetProps): JSX.Element {
  const [title, setTitle] = createSignal(props.summary.title);
  const rename = (): void => {
    const name = title().trim();
    if (name === '') return;
    void renameConversation(props.summary.id, name);
    props.onClose();
  };
  return (
    <Sheet
      open
      onClose={props.onClose}
      title="Rename the conversation"
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button
            kind="primary"
            disabledReason={title().trim() === '' ? 'A conversation needs a name.' : null}
            onPress={rename}
          >
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
        <TextField label="Name" value={title()} onInput={setTitle} autofocus />
      </form>
    </Sheet>
  );
}
