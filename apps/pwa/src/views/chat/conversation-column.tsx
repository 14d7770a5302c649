import type { JSX } from 'solid-js';
import { ConversationList } from './conversation-list.tsx';

/** The conversations beside the present one, where there is room. */
export default function ConversationColumn(props: { readonly currentId: string | null }): JSX.Element {
  return (
    <nav class="conversation-column" aria-label="Conversations">
      <ConversationList currentId={props.currentId} />
    </nav>
  );
}
