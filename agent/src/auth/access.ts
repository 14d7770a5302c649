import { timingSafeEqual } from 'node:crypto';
import { ImpetusError, scopes } from '@impetus/contracts';
import { hashSecret } from './keys/key-format.ts';
import { isLocalPage, isLoopbackAddress } from './local-access.ts';
import type { Access, ApiKeys, Caller, CredentialVerifier, ManagementAccess, Principal } from './types.ts';
import { originOf, viaOf } from './via.ts';

const unbound = { userId: null, deviceId: null, sessionId: null, grantId: null };
const cli: Principal = { kind: 'cli', id: 'cli', name: 'Command line', scopes, ...unbound };
const localPage: Principal = { kind: 'session', id: 'local', name: 'This computer', scopes, ...unbound };

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
  /** For credentials of other forms than API keys. */
  readonly verifiers?: readonly CredentialVerifier[];
}

/** Decides who a request is from. */
export function createAccess({ keys, cliCredential, verifiers = [] }: AccessOptions): Access {
  const cliHash = hashSecret(cliCredential);

  async function verify(caller: Caller, credential: string): Promise<Principal> {
    const via = viaOf(caller);
    const isCli = timingSafeEqual(hashSecret(credential), cliHash);
    if (isCli && via.listener === 'loopback' && isLoopbackAddress(caller.socket.remoteAddress)) return cli;
    const verifier = verifiers.find((candidate) => candidate.recognises(credential));
    return verifier === undefined ? keys.verify(credential) : verifier.verify(credential, via);
  }

  return {
    async withCredential(caller) {
      const credential = presented(caller);
      if (credential !== undefined) return verify(caller, credential);
      throw new ImpetusError(
        'unauthorized',
        'An API key is needed. Send it as “Authorization: Bearer imp_…”; “keys create” makes one.',
      );
    },

    async forManagement(caller, { upgrade = false } = {}): Promise<ManagementAccess> {
      const via = viaOf(caller);
      const origin = header(caller, 'origin');
      const ownOrigin = originOf(via, header(caller, 'host') ?? '');
      if (origin !== undefined && origin !== ownOrigin) {
        throw new ImpetusError(
          'origin_not_allowed',
          `Pages from ${origin} may not manage this agent; only its own page may.`,
        );
      }
      const nobody = { refusal: null, setCookie: null };
      const credential = presented(caller);
      if (credential !== undefined) return { principal: await verify(caller, credential), ...nobody };
      const request = {
        method: caller.method ?? 'GET',
        upgrade,
        loopback: via.listener === 'loopback' && isLoopbackAddress(caller.socket.remoteAddress),
        ownOrigin,
        origin,
        fetchSite: header(caller, 'sec-fetch-site'),
      };
      if (isLocalPage(request)) return { principal: localPage, ...nobody };
      throw new ImpetusError(
        'unauthorized',
        'Sign in from the agent’s own page on this computer, or send a credential.',
      );
    },
  };
}
