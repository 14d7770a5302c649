import { z } from 'zod';

/** Whose certificate the https listener shows: our own authority's, files of the owner's, ACME's; or it is not open. */
export type TrustMode = 'own' | 'files' | 'acme' | 'off';

/** An https address of this agent, and whether it answered when the agent dialled it itself. Times are ISO 8601. */
export interface TrustOrigin {
  /** Such as `https://impetus-k4rt.local:8443`. */
  readonly url: string;
  /** Whether it answered with this agent's certificate. */
  readonly reachable: boolean;
  /** Null until it was dialled once. */
  readonly checkedAt: string | null;
  /** For people: what was wrong, or what devices may still miss. */
  readonly problem: string | null;
}

export interface CertificateInfo {
  /** SHA-256 of the DER form, 64 lowercase hexadecimal digits. */
  readonly fingerprint: string;
  readonly names: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
  readonly issuer: string;
}

/** The root that devices install. */
export interface AuthorityInfo {
  readonly name: string;
  /** SHA-256 of the DER form, 64 lowercase hexadecimal digits. */
  readonly fingerprint: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/** How the name is told to the network. */
export interface MdnsStatus {
  readonly state: 'advertised' | 'blocked' | 'conflict' | 'off';
  /** For people. */
  readonly words: string;
}

/** The http listener that hands out the authority's certificate, while it is open. */
export interface BootstrapStatus {
  readonly open: true;
  readonly until: string;
  /** Such as `http://192.168.1.20:8444/`; the first is the best one for a QR code. */
  readonly urls: readonly string[];
}

/** A TXT record that proves to an ACME server that the domain is the owner's. */
export interface DnsRecord {
  readonly name: string;
  readonly value: string;
}

export interface AcmeStatus {
  readonly state: 'ordering' | 'waiting-for-dns' | 'ready' | 'failed';
  readonly words: string;
  /** The record that a person has to make; null where a command does it, or none is wanted now. */
  readonly record: DnsRecord | null;
}

/** Everything that screens show of the https listener and of why devices trust it. */
export interface TrustStatus {
  readonly mode: TrustMode;
  /** The name of this agent on the network, without a port. */
  readonly name: string;
  /** Of the https listener; null while it is not open. */
  readonly port: number | null;
  /** What keeps the listener from being open, or a new certificate from being used; for people. */
  readonly problem: string | null;
  readonly origins: readonly TrustOrigin[];
  readonly certificate: CertificateInfo | null;
  readonly authority: AuthorityInfo | null;
  readonly mdns: MdnsStatus;
  readonly bootstrap: BootstrapStatus | null;
  readonly acme: AcmeStatus | null;
}

/** The authority's certificate itself; it is public. */
export interface AuthorityCertificate extends AuthorityInfo {
  readonly pem: string;
}

const path = z.string().trim().min(1, 'The path of a file is needed.').max(4096);

export const useFilesInput = z.object({
  /** PEM: the certificate, then those between it and its root. */
  certificate: path,
  key: path,
});
export type UseFilesInput = z.infer<typeof useFilesInput>;

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/,
    'A domain looks like “mac.example.org”.',
  );

export const useAcmeInput = z.object({
  domain,
  email: z.email('An e-mail address looks like “ada@example.org”.').nullable().default(null),
  directory: z
    .url({ protocol: /^https?$/, error: 'The address of an ACME directory.' })
    .refine(
      (url) => /^(?:https:|http:..(?:localhost|127\.0\.0\.1)[:/])/.test(url),
      'An ACME directory is asked over https.',
    )
    .default('https://acme-v02.api.letsencrypt.org/directory'),
  /**
   * A command that makes and removes the TXT record: it is run as `<command> add|remove <name> <value>`. Null: a
   * person makes the record and says when it is there.
   */
  hook: z.string().trim().min(1).max(4096).nullable().default(null),
  /** The terms of the ACME server have to be agreed to by whoever owns the domain. */
  termsAgreed: z.literal(true, 'Agree to the terms of the ACME server first.'),
});
export type UseAcmeInput = z.infer<typeof useAcmeInput>;

export const renewInput = z.object({ what: z.enum(['certificate', 'authority']).default('certificate') });
export type RenewInput = z.infer<typeof renewInput>;
