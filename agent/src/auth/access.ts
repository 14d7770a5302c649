import { timingSafeEqual } from 'node:crypto';
import { ImpetusError, scopes } from '@impetus/contracts';
import { hashSecret } from './key-format.ts';
import { isLocalPage, isLoopbackAddress, originAllowed } from './local-access.ts';
import type { Access, ApiKeys, Caller, Principal } from './types.ts';

const cli: Principal = { kind: 'cli', id: 'cli', name: 'Command line', scopes };
const localPage: Principal = { kind: 'local', id: 'local', name: 'This computer', scopes };

const header = (caller: Caller, name: string): string | undefined => {
  const value = caller.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** The credential that a request presents, wherever clients put it. */
function presented(caller: Caller): string | undefined {
  const authorization = header(caller, 'authorization');
  if (authorization !== undefined) {
    const [, bearer] = /^bearer +(\S+) *$/i.exec(authorization) ?? [];
    if (bearer !== undefined) return bearer;
    throw new ImpetusError('unauthorized', 'The Authorization header must read “Bearer <API key>”.');
  }
  return header(caller, 'x-api-key') ?? header(caller, 'api-key');
}

export interface AccessOptions {
  readonly keys: Pick<ApiKeys, 'verify'>;
  /** What the command line shows; it never leaves this computer. */
  readonly cliCredential: string;
}

/** Decides who a request is from. */
export function createAccess({ keys, cliCredential }: AccessOptions): Access {
  const cliHash = hashSecret(cliCredential);

  function verify(caller: Caller, credential: string): Principal {
    const isCli = timingSafeEqual(hashSecret(credential), cliHash);
    return isCli && isLoopbackAddress(caller.socket.remoteAddress) ? cli : keys.verify(credential);
  }

  return {
    withCredential(caller) {
      const credential = presented(caller);
      if (credential !== undefined) return verify(caller, credential);
      throw new ImpetusError(
        'unauthorized',
        'An API key is needed. Send it as “Authorization: Bearer imp_…”; “keys create” makes one.',
      );
    },

    forManagement(caller, { upgrade = false } = {}) {
      const host = header(caller, 'host') ?? '';
      const origin = header(caller, 'origin');
      if (!originAllowed(origin, host)) {
        throw new ImpetusError(
          'origin_not_allowed',
          `Pages from ${origin} may not manage this agent; only its own page may.`,
        );
      }
      const credential = presented(caller);
      if (credential !== undefined) return verify(caller, credential);
      const request = {
        method: caller.method ?? 'GET',
        upgrade,
        loopback: isLoopbackAddress(caller.socket.remoteAddress),
        host,
        origin,
        fetchSite: header(caller, 'sec-fetch-site'),
      };
      if (isLocalPage(request)) return localPage;
      throw new ImpetusError(
        'unauthorized',
        'Sign in from the agent’s own page on this computer, or send a credential.',
      );
    },
  };
}
