import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { nameConstraints, nameConstraintsOid } from './name-constraints.ts';
import type { AuthorityFiles, CertificateFiles } from './signing-order.ts';
import { authorityValidity, leafValidity } from './validity.ts';

// The library asks for it before it is loaded.
await import('reflect-metadata');
const x509 = await import('@peculiar/x509');

const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;
const { subtle } = webcrypto;

export interface AuthorityOrder {
  /** How devices show it in their lists. */
  readonly label: string;
  /** The one name that it may vouch for. */
  readonly name: string;
  readonly now: Date;
}

export interface LeafOrder {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly authority: AuthorityFiles;
  readonly now: Date;
}

/** A common name has at most 64 characters. */
const subject = (label: string) => [{ O: ['Impetus'] }, { CN: [label.slice(0, 64)] }];

const usages = x509.KeyUsageFlags;
const signsCertificates = usages.keyCertSign | usages.cRLSign;
const serverOnly = new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]);

/** 127 bits, so that the number is positive in any reading of it. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function newKeys(extractable: boolean): Promise<webcrypto.CryptoKeyPair> {
  return subtle.generateKey(keyAlgorithm, extractable, ['sign', 'verify']);
}

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

async function readKey(pem: string): Promise<webcrypto.CryptoKey> {
  const [der] = x509.PemConverter.decode(pem);
  return subtle.importKey('pkcs8', der as ArrayBuffer, keyAlgorithm, false, ['sign']);
}

const withNewline = (pem: string) => `${pem.trimEnd()}\n`;

/**
 * A root and an intermediate that can vouch for one name and private addresses alone. The root signs the intermediate
 * and is never able to sign anything else: its key cannot be exported and ends with this call.
 */
export async function makeAuthority({ label, name, now }: AuthorityOrder): Promise<AuthorityFiles> {
  const validity = authorityValidity(now);
  const rootKeys = await newKeys(false);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: subject(label),
    serialNumber: serialNumber(),
    ...validity,
    signingAlgorithm,
    keys: rootKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(signsCertificates, true),
      await x509.SubjectKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  });
  const keys = await newKeys(true);
  const intermediate = await x509.X509CertificateGenerator.create({
    subject: subject(`${name} issuing`),
    issuer: root.subjectName,
    serialNumber: serialNumber(),
    ...validity,
    signingAlgorithm,
    publicKey: keys.publicKey,
    signingKey: rootKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(signsCertificates, true),
      serverOnly,
      new x509.Extension(nameConstraintsOid, true, Uint8Array.from(nameConstraints(name))),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  });
  return {
    root: withNewline(root.toString('pem')),
    intermediate: withNewline(intermediate.toString('pem')),
    intermediateKey: withNewline(await keyPem(keys.privateKey)),
  };
}

/**
 * Two certificates with one key, signed by the intermediate: for the name and the addresses, and for the name alone.
 * BoringSSL’s own verifier, which programs made with Bun use, compares addresses with no constraint: it refuses every
 * certificate that has some under an authority that constrains them, and takes the one that has none.
 */
export async function makeLeaf({ name, addresses, authority, now }: LeafOrder): Promise<CertificateFiles> {
  const issuer = new x509.X509Certificate(authority.intermediate);
  const keys = await newKeys(true);
  const signingKey = await readKey(authority.intermediateKey);
  const issue = async (names: readonly string[]): Promise<string> => {
    const leaf = await x509.X509CertificateGenerator.create({
      subject: [{ CN: [name] }],
      issuer: issuer.subjectName,
      serialNumber: serialNumber(),
      ...leafValidity(now, issuer.notAfter),
      signingAlgorithm,
      publicKey: keys.publicKey,
      signingKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(usages.digitalSignature, true),
        serverOnly,
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
        ),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ],
    });
    return withNewline(leaf.toString('pem')) + authority.intermediate;
  };
  return {
    certificate: await issue([name, ...addresses]),
    key: withNewline(await keyPem(keys.privateKey)),
    byName: await issue([name]),
  };
}
