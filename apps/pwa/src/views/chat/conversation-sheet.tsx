import type { JSX } from 'solid-js';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { ConversationList } from './conversation-list.tsx';

export interface ConversationSheetProps {
  readonly currentId: string | null;
  readonly onClose: () => void;
}

/** The conversations over the present one, where there is no room beside it. */
export default function ConversationSheet(props: ConversationSheetProps): JSX.Element {
  return (
    <Sheet open onClose={props.onClose} title="Conversations">
      <ConversationList currentId={props.currentId} onChosen={props.onClose} />
    </Sheet>
  );
}
