import type { Client } from 'acme-client';
import type { DnsRecord, UseAcmeInput } from '@impetus/contracts';
import type { CertificateFiles } from '../certificates/signing-order.ts';

/** An ACME account: the key that signs for it, and its address once it was registered. */
export interface AcmeAccount {
  readonly key: string;
  readonly url: string | null;
}

/** Makes and removes TXT records. */
export interface DnsRecords {
  /** Resolves when the record can be seen. */
  add(record: DnsRecord): Promise<void>;
  remove(record: DnsRecord): Promise<void>;
}

export interface OrderOptions {
  readonly choice: UseAcmeInput;
  readonly account: AcmeAccount | null;
  readonly dns: DnsRecords;
  /** Told once the account is registered, so that a failure later does not make another one. */
  readonly registered: (account: AcmeAccount) => void;
}

/** Orders a certificate for one domain, proven over DNS (RFC 8555, dns-01). Throws what the server or DNS refused. */
export async function orderCertificate(options: OrderOptions): Promise<CertificateFiles> {
  const { choice, dns } = options;
  // Loaded for an order alone: most agents never make one.
  const { Client, crypto } = await import('acme-client');
  const key = options.account?.key ?? (await crypto.createPrivateEcdsaKey()).toString();
  const client = new Client({
    directoryUrl: choice.directory,
    accountKey: key,
    backoffMin: 1000,
    backoffMax: 30_000,
    ...(options.account?.url && { accountUrl: options.account.url }),
  });
  if (!options.account?.url) {
    await client.createAccount({
      termsOfServiceAgreed: choice.termsAgreed,
      contact: choice.email === null ? [] : [`mailto:${choice.email}`],
    });
    options.registered({ key, url: client.getAccountUrl() });
  }
  const order = await client.createOrder({ identifiers: [{ type: 'dns', value: choice.domain }] });
  await prove(client, await client.getAuthorizations(order), choice.domain, dns);
  const [certificateKey, request] = await crypto.createCsr(
    { commonName: choice.domain, altNames: [choice.domain] },
    await crypto.createPrivateEcdsaKey(),
  );
  const finished = await client.finalizeOrder(order, request);
  return { certificate: await client.getCertificate(finished), key: certificateKey.toString() };
}

type Authorizations = Awaited<ReturnType<Client['getAuthorizations']>>;

async function prove(
  client: Client,
  authorizations: Authorizations,
  domain: string,
  dns: DnsRecords,
): Promise<void> {
  for (const authorization of authorizations) {
    // The server may remember an earlier proof.
    if (authorization.status === 'valid') continue;
    const challenge = authorization.challenges.find(({ type }) => type === 'dns-01');
    if (challenge === undefined) throw new Error('The ACME server offers no proof over DNS for this domain.');
    const value = await client.getChallengeKeyAuthorization(challenge);
    const record = { name: `_acme-challenge.${domain}`, value };
    try {
      await dns.add(record);
      await client.completeChallenge(challenge);
      await client.waitForValidStatus(challenge);
    } finally {
      await dns.remove(record).catch(() => {});
    }
  }
}
