import type { AuditEntry, AuditPage } from '@impetus/contracts';
import { waitFor } from '@impetus/test-kit';
import type { Attack, Result } from './attack.ts';
import type { Target } from './target.ts';

/** How long the count of a repeated try may take to be written. */
const auditMs = 3_000;

interface Snapshot {
  /** All that an attack might have changed. */
  readonly state: string;
  readonly refusals: readonly AuditEntry[];
}

type Rows = readonly Readonly<Record<string, unknown>>[];

async function lookAt(target: Target): Promise<Snapshot> {
  const [users, devices, keys, settings, refused, failed] = await target.adminBatch<
    [Rows, Rows, Rows, object, AuditPage, AuditPage]
  >(['users.list', 'devices.list', 'keys.list', 'settings.get', 'audit.list', 'audit.list'], {
    4: { outcome: 'refused', limit: 200 },
    5: { outcome: 'failed', limit: 200 },
  });
  const lasting = {
    users: users.map(({ id, name, scopes }) => [id, name, scopes]),
    devices: devices.map(({ id, name, scopes, sessions }) => [id, name, scopes, sessions]),
    keys: keys.map(({ id, name, scopes, revokedAt, oldSecretUntil }) => [
      id,
      name,
      scopes,
      revokedAt,
      oldSecretUntil,
    ]),
    settings,
  };
  return {
    state: JSON.stringify(lasting),
    refusals: [...refused.entries, ...failed.entries],
  };
}

const counted = ({ refusals }: Snapshot, action: string) =>
  refusals.filter((entry) => entry.action === action).reduce((sum, { count }) => sum + count, 0);

/** Runs one attack and looks at what it left behind. */
export async function runAttack(target: Target, attack: Attack): Promise<Result> {
  const { audited: action } = attack;
  const prepared = (await attack.prepare?.(target)) ?? '';
  const before = await lookAt(target);
  const answer = await attack.run(target, prepared);
  let after = await lookAt(target);
  const isAudited = () => action === null || counted(after, action) > counted(before, action);
  const audited = await waitFor(
    'the audit',
    async () => isAudited() || ((after = await lookAt(target)), isAudited()),
    auditMs,
  ).catch(() => false);
  return { attack, answer, audited, unchanged: after.state === before.state };
}
