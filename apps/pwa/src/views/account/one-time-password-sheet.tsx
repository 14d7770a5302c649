import type { OneTimePassword } from '@impetus/contracts/users';
import type { JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatClock } from '../../lib/format.ts';
import { Secret } from '../keys/secret.tsx';

/** A password for one sign-in, shown once. */
export default function OneTimePasswordSheet(props: {
  readonly given: OneTimePassword;
  readonly onClose: () => void;
}): JSX.Element {
  const now = useNow();
  return (
    <Sheet
      open
      onClose={props.onClose}
      title={`One-time password of ${props.given.user.name}`}
      description={`It is good for one sign-in, until ${formatClock(Date.parse(props.given.expiresAt), now())}.`}
      actions={<Button onPress={props.onClose}>Done</Button>}
    >
      <Secret what="the password" secret={props.given.password} />
    </Sheet>
  );
}
