import type { PrincipalKind } from '@impetus/contracts';

/** Something that gave access is gone, or gives less than it did: whatever runs on it ends. */
export interface AccessEnded {
  readonly of: 'key' | 'session' | 'device' | 'user' | 'grant';
  readonly id: string;
  /** For whoever is cut off. */
  readonly message: string;
  /** It is still there and may do something else than before: what runs on it has to begin again. */
  readonly changed?: true;
}

/** What somebody's access rests on; a Principal is one. */
export interface AccessHolder {
  readonly kind: PrincipalKind;
  readonly id: string;
  readonly userId: string | null;
  readonly deviceId: string | null;
  readonly sessionId: string | null;
  readonly grantId: string | null;
}

/** Whether somebody's access has ended with it. */
export function endsAccessOf(holder: AccessHolder, { of, id }: AccessEnded): boolean {
  switch (of) {
    case 'key':
      return holder.kind === 'key' && holder.id === id;
    case 'session':
      return holder.sessionId === id;
    case 'device':
      return holder.deviceId === id;
    case 'user':
      return holder.userId === id;
    case 'grant':
      return holder.grantId === id;
  }
}
