import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey } from 'jose';
import { z } from 'zod';
import { oneAtATime } from '../../db/one-at-a-time.ts';
import type { Log } from '../../log/types.ts';
import { writePrivateFile } from '../../platform/private-file.ts';
import { ensurePrivateFolder } from '../../platform/private-folder.ts';
import { planRing } from './key-ring.ts';

/** Pinned: a token that names another algorithm is refused whatever its signature. */
export const signingAlgorithm = 'EdDSA';

const publicPart = { kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() };
const storedKey = z.object({
  kid: z.string(),
  createdAt: z.number(),
  retiredAt: z.number().nullable(),
  jwk: z.object({ ...publicPart, d: z.string() }),
});
const storedRing = z.object({
  /** Whom access tokens are for: this agent and no other. */
  audience: z.string(),
  keys: z.array(storedKey),
});
type StoredKey = z.infer<typeof storedKey>;
type StoredRing = z.infer<typeof storedRing>;

/** A public key as it is published (RFC 7517). */
export interface PublicKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: typeof signingAlgorithm;
  readonly use: 'sig';
}

export interface SigningKeys {
  readonly audience: string;
  /** The key that signs now; a new one when it is time. */
  current(): Promise<{ readonly kid: string; readonly key: CryptoKey }>;
  /** The key that verifies what this kid signed; undefined where there is none any more. */
  verifier(kid: string): CryptoKey | undefined;
  published(): readonly PublicKey[];
}

interface LoadedKey extends StoredKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

async function newKey(now: number): Promise<StoredKey> {
  const { privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const jwk = storedKey.shape.jwk.parse(await exportJWK(privateKey));
  return { kid: await calculateJwkThumbprint(jwk), createdAt: now, retiredAt: null, jwk };
}

async function load(key: StoredKey): Promise<LoadedKey> {
  const { d: _, ...open } = key.jwk;
  const [privateKey, publicKey] = await Promise.all([
    importJWK({ ...key.jwk }, signingAlgorithm),
    importJWK({ ...open }, signingAlgorithm),
  ]);
  return { ...key, privateKey, publicKey };
}

function read(path: string, log: Log): StoredRing {
  try {
    return storedRing.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') {
      log.warn(
        { err: error },
        'The keys that sign access tokens could not be read; new ones take their place.',
      );
    }
    return { audience: `urn:impetus:${randomBytes(8).toString('hex')}`, keys: [] };
  }
}

/** The keys that sign access tokens, in a file that only its owner can read: the database holds no secret. */
export async function openSigningKeys(path: string, log: Log, now: () => number): Promise<SigningKeys> {
  const { audience, keys } = read(path, log);
  const inTurn = oneAtATime();
  let ring: readonly LoadedKey[] = await Promise.all(keys.map(load));

  async function turn(): Promise<void> {
    const { kept, wantsNew } = planRing(ring, now());
    if (!wantsNew && kept.length === ring.length) return;
    const next = wantsNew ? [...kept, await load(await newKey(now()))] : kept;
    const content = { audience, keys: next.map((key) => storedKey.parse(key)) };
    ensurePrivateFolder(dirname(path));
    writePrivateFile(path, `${JSON.stringify(content, null, 2)}\n`);
    ring = next;
  }

  await turn();
  return {
    audience,
    async current() {
      await inTurn(turn);
      const signing = ring.find(({ retiredAt }) => retiredAt === null) as LoadedKey;
      return { kid: signing.kid, key: signing.privateKey };
    },
    verifier: (kid) => planRing(ring, now()).kept.find((key) => key.kid === kid)?.publicKey,
    published: () =>
      ring.map(({ kid, jwk: { kty, crv, x } }) => ({ kty, crv, x, kid, alg: signingAlgorithm, use: 'sig' })),
  };
}
