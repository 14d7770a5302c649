import { useNavigate } from '@solidjs/router';
import type { JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { EmptyState } from '../../components/empty-state/empty-state.tsx';
import { usePageTitle } from '../../state/page-title.ts';

/** An address that leads nowhere. */
export default function NotFoundPage(): JSX.Element {
  const navigate = useNavigate();
  usePageTitle('Not found');
  return (
    <EmptyState
      title="There is no such page"
      text="The address may be mistyped, or from another version of IMPETUS."
    >
      <Button kind="primary" onPress={() => navigate('/')}>
        Go to Chat
      </Button>
    </EmptyState>
  );
}
