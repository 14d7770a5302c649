import Box from 'lucide-solid/icons/box';
import type { JSX } from 'solid-js';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';

/** Beside the list, before a model was chosen. */
export default function ModelsHint(): JSX.Element {
  return (
    <EmptyState
      icon={<Box />}
      title="No model chosen"
      text="Choose one to see what it is and what it needs."
    />
  );
}
