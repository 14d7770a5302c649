import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { AuthenticationResponse, RegistrationResponse } from '@impetus/contracts';
import { cose, isoCBOR } from '@simplewebauthn/server/helpers';
import type { Site } from '../site.ts';

const userPresent = 0x01;
const userVerified = 0x04;
const attested = 0x40;

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array) => Buffer.from(data).toString('base64url');

export interface Ceremony {
  readonly site: Site;
  readonly challenge: string;
  readonly flags?: number;
  readonly origin?: string;
  readonly crossOrigin?: boolean;
}

/** A passkey in software, as honest or dishonest as a test wants it. */
export class SoftwareAuthenticator {
  readonly id = base64url(randomBytes(16));
  counter = 0;
  readonly #key: KeyObject;
  readonly #publicKey: Uint8Array;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' }) as { x?: string; y?: string };
    this.#key = privateKey;
    this.#publicKey = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [cose.COSEKEYS.kty, cose.COSEKTY.EC2],
        [cose.COSEKEYS.alg, cose.COSEALG.ES256],
        [cose.COSEKEYS.crv, cose.COSECRV.P256],
        [cose.COSEKEYS.x, Uint8Array.from(Buffer.from(x, 'base64url'))],
        [cose.COSEKEYS.y, Uint8Array.from(Buffer.from(y, 'base64url'))],
      ]),
    );
  }

  #clientData(type: string, { site, challenge, origin, crossOrigin = false }: Ceremony): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: origin ?? site.origin, crossOrigin }));
  }

  #data({ site, flags = userPresent | userVerified }: Ceremony, extra: Buffer = Buffer.alloc(0)): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const all = extra.length === 0 ? flags : flags | attested;
    return Buffer.concat([sha256(site.name), Buffer.from([all]), counter, extra]);
  }

  register(ceremony: Ceremony): RegistrationResponse {
    const id = Buffer.from(this.id, 'base64url');
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, this.#publicKey]);
    const attestation = isoCBOR.encode(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', Uint8Array.from(this.#data(ceremony, credential))],
      ]) as never,
    );
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(this.#clientData('webauthn.create', ceremony)),
        attestationObject: base64url(attestation),
        transports: ['internal'],
      },
    };
  }

  signIn(ceremony: Ceremony, userId: string): AuthenticationResponse {
    const clientData = this.#clientData('webauthn.get', ceremony);
    const data = this.#data(ceremony);
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(data),
        signature: base64url(sign('sha256', Buffer.concat([data, sha256(clientData)]), this.#key)),
        userHandle: base64url(Buffer.from(userId)),
      },
    };
  }
}
