import { ImpetusError, scopeSchema, type Scope } from '@impetus/contracts';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { accessTokenSeconds, clockToleranceSeconds } from './key-ring.ts';
import { signingAlgorithm, type SigningKeys } from './signing-keys.ts';

/** RFC 9068: so that no other kind of token passes for one. */
const tokenType = 'at+jwt';

/** What an access token says. */
export interface AccessClaims {
  readonly grantId: string;
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly Scope[];
}

const claimsSchema = z.object({
  sub: z.string(),
  client_id: z.string(),
  grant: z.string(),
  scope: z.string(),
});

const scopesOf = (text: string): readonly Scope[] =>
  text.split(' ').flatMap((word) => scopeSchema.safeParse(word).data ?? []);

const longestToken = 4096;

export async function signAccessToken(
  keys: SigningKeys,
  issuer: string,
  claims: AccessClaims,
  now: number,
): Promise<string> {
  const { kid, key } = await keys.current();
  const seconds = Math.floor(now / 1000);
  const payload = {
    client_id: claims.clientId,
    grant: claims.grantId,
    scope: claims.scopes.join(' '),
    jti: crypto.randomUUID(),
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: signingAlgorithm, kid, typ: tokenType })
    .setIssuer(issuer)
    .setAudience(keys.audience)
    .setSubject(claims.userId)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + accessTokenSeconds)
    .sign(key);
}

function refuse(reason: string, cause?: unknown): never {
  throw new ImpetusError('unauthorized', `The access token ${reason}.`, { cause });
}

/** What a token says, if this agent signed it for itself and it has not expired. Throws `unauthorized`. */
export async function verifyAccessToken(
  keys: SigningKeys,
  issuers: readonly string[],
  token: string,
  now: number,
): Promise<AccessClaims> {
  if (token.length > longestToken) refuse('is too long');
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid = '' }) =>
        keys.verifier(kid) ?? refuse('was not signed by this agent, or by a key that is gone'),
      {
        algorithms: [signingAlgorithm],
        typ: tokenType,
        audience: keys.audience,
        issuer: [...issuers],
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp', 'iat', 'sub'],
        currentDate: new Date(now),
      },
    );
    const { sub, client_id: clientId, grant, scope } = claimsSchema.parse(payload);
    return { userId: sub, clientId, grantId: grant, scopes: scopesOf(scope) };
  } catch (error) {
    if (error instanceof ImpetusError) throw error;
    if (error instanceof errors.JWTExpired) refuse('has expired: refresh it, or sign in again', error);
    return refuse('is not valid here', error);
  }
}
