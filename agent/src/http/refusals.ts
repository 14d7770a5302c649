import type { IncomingMessage } from 'node:http';
import type { ImpetusError } from '@impetus/contracts';
import { isRefusal } from '../auth/audit/outcome.ts';
import type { Audit, Principal } from '../auth/types.ts';
import { pathOf } from './errors.ts';

interface Refused {
  readonly raw: IncomingMessage;
  readonly principal: Principal | null;
}

const longestPath = 200;

/** Writes into the audit whom the listeners and the dialects turned away. */
export function recordRefusal(audit: Audit, error: ImpetusError, { raw, principal }: Refused): void {
  // A key that has sent enough for this minute is no try at anything.
  if (!isRefusal(error) || error.code === 'rate_limited') return;
  audit.record({
    action: 'access',
    subject: pathOf(raw.url ?? '/').slice(0, longestPath),
    detail: {
      code: error.code,
      method: raw.method ?? '',
      host: raw.headers.host?.slice(0, longestPath) ?? '',
    },
    principal,
    address: raw.socket.remoteAddress ?? null,
    outcome: 'refused',
  });
}
