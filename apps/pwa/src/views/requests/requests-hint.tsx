import Activity from 'lucide-solid/icons/activity';
import type { JSX } from 'solid-js';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';

/** Beside the list, before a request was chosen. */
export function RequestsHint(): JSX.Element {
  return (
    <EmptyState
      icon={<Activity />}
      title="No request chosen"
      text="Choose one to see where its time went, what it cost and how it ended."
    />
  );
}
