import type { AuditOutcome, ErrorCode, ImpetusError } from '@impetus/contracts';

const refusals: ReadonlySet<ErrorCode> = new Set([
  'unauthorized',
  'forbidden',
  'host_not_allowed',
  'origin_not_allowed',
  'rate_limited',
]);

/** Whether a request was refused for who asked, or from where. */
export function isRefusal({ code }: ImpetusError): boolean {
  return refusals.has(code);
}

export function outcomeOf(error: ImpetusError | null): AuditOutcome {
  if (error === null) return 'done';
  return isRefusal(error) ? 'refused' : 'failed';
}
