import type { IncomingHttpHeaders } from 'node:http';
import { ImpetusError } from '@impetus/contracts';
import { viaOf } from '../auth/via.ts';

/** What is looked at before anything else in a request. */
export interface Arrival {
  readonly headers: IncomingHttpHeaders;
}

/** The Host that a request names, which HTTP/2 calls its authority. */
export function hostOf({ headers }: Arrival): string {
  const authority = headers[':authority'];
  return (typeof authority === 'string' ? authority : (headers.host ?? '')).toLowerCase();
}

/**
 * Throws what refuses every request, whatever it asks: a Host that its listener does not answer to, an agent that
 * is stopping. To be called before anything is done for a request.
 */
export function createAdmission(isStopping: () => boolean): (request: Arrival) => void {
  return (request) => {
    const host = hostOf(request);
    const { hosts } = viaOf(request);
    if (!hosts.has(host)) {
      const [example = 'localhost'] = hosts;
      throw new ImpetusError(
        'host_not_allowed',
        `The agent does not answer to the name “${host}” here. Use one of its own names, such as ${example}.`,
      );
    }
    if (isStopping())
      throw new ImpetusError('shutting_down', 'The agent is stopping. Try again in a moment.');
  };
}
