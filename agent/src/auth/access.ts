import { timingSafeEqual } from 'node:crypto';
import { ImpetusError, scopes } from '@impetus/contracts';
import { hashSecret } from './keys/key-format.ts';
import { isLocalProgram } from './local-program.ts';
import { isLoopbackAddress } from './loopback.ts';
import { isForeign, mayUseCookie, type PageRequest } from './own-page.ts';
import { noCookie, readCookie, sessionCookie } from './sessions/cookies.ts';
import type {
  Access,
  ApiKeys,
  Caller,
  CredentialVerifier,
  ManagementAccess,
  Principal,
  Sessions,
  Setup,
} from './types.ts';
import { originOf, viaOf, type Via } from './via.ts';

const cli: Principal = {
  kind: 'cli',
  id: 'cli',
  name: 'Command line',
  scopes,
  userId: null,
  deviceId: null,
  sessionId: null,
  grantId: null,
};

/** Whoever needs no key: it may use models, and nothing else. */
const localProgram: Principal = {
  ...cli,
  kind: 'local',
  id: 'local',
  name: 'A program on this computer',
  scopes: ['infer'],
};

const header = (caller: Caller, name: string): string | undefined => {
  const value = caller.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** HTTP/2 calls the Host its authority. */
const hostOf = (caller: Caller) => header(caller, ':authority') ?? header(caller, 'host') ?? '';

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
  readonly sessions: Pick<Sessions, 'check'>;
  readonly setup: Pick<Setup, 'needed'>;
  /** What the command line shows; it never leaves this computer. */
  readonly cliCredential: string;
  /** Whether the owner lets programs on this computer use Ollama's API without a key. */
  readonly ollamaWithoutKey: () => boolean;
  /** For credentials of other forms than API keys. */
  readonly verifiers?: readonly CredentialVerifier[];
}

/** Decides who a request is from. */
export function createAccess(options: AccessOptions): Access {
  const { keys, sessions, setup, verifiers = [] } = options;
  const cliHash = hashSecret(options.cliCredential);

  async function verify(caller: Caller, credential: string): Promise<Principal> {
    const via = viaOf(caller);
    const isCli = timingSafeEqual(hashSecret(credential), cliHash);
    if (isCli && via.listener === 'loopback' && isLoopbackAddress(caller.socket.remoteAddress)) return cli;
    const verifier = verifiers.find((candidate) => candidate.recognises(credential));
    return verifier === undefined ? keys.verify(credential) : verifier.verify(credential, via);
  }

  function nobody(setCookie: string | null = null): ManagementAccess {
    const message = setup.needed()
      ? 'This agent is not set up yet. Open the set-up link that it printed when it was started.'
      : 'Sign in first, or send a credential.';
    return { principal: null, refusal: new ImpetusError('unauthorized', message), setCookie };
  }

  async function withCookie(caller: Caller, via: Via, request: PageRequest): Promise<ManagementAccess> {
    const token = readCookie(via, header(caller, 'cookie'));
    if (token === undefined) return nobody();
    if (!mayUseCookie(request)) {
      throw new ImpetusError(
        'origin_not_allowed',
        'A request that changes something with a cookie has to name its Origin.',
      );
    }
    const checked = await sessions.check(token, caller.socket.remoteAddress ?? null);
    if (checked === null) return nobody(noCookie(via));
    const { principal, renewed } = checked;
    const setCookie = renewed === null ? null : sessionCookie(via, renewed.token, renewed.endsAt);
    return { principal, refusal: null, setCookie };
  }

  async function withCredential(caller: Caller): Promise<Principal> {
    const credential = presented(caller);
    if (credential !== undefined) return verify(caller, credential);
    throw new ImpetusError(
      'unauthorized',
      'An API key is needed. Send it as “Authorization: Bearer imp_…”; “keys create” makes one.',
    );
  }

  return {
    withCredential,

    async forOllama(caller) {
      // A credential that is shown counts, also where it is wrong.
      const needsNone = options.ollamaWithoutKey() && isLocalProgram(caller, viaOf(caller));
      return needsNone && presented(caller) === undefined ? localProgram : withCredential(caller);
    },

    async forManagement(caller, { upgrade = false } = {}) {
      const via = viaOf(caller);
      const request = {
        method: caller.method ?? 'GET',
        upgrade,
        ownOrigin: originOf(via, hostOf(caller)),
        origin: header(caller, 'origin'),
        fetchSite: header(caller, 'sec-fetch-site'),
      };
      if (isForeign(request)) {
        throw new ImpetusError(
          'origin_not_allowed',
          `Pages from ${request.origin ?? 'elsewhere'} may not manage this agent; only its own page may.`,
        );
      }
      const credential = presented(caller);
      if (credential === undefined) return withCookie(caller, via, request);
      return { principal: await verify(caller, credential), refusal: null, setCookie: null };
    },
  };
}
