import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SubjectAlternativeNameExtension } from '@peculiar/x509';
import { calculateJwkThumbprint, flattenedVerify, importJWK, type FlattenedJWSInput, type JWK } from 'jose';

await import('reflect-metadata');
const x509 = await import('@peculiar/x509');

const dayMs = 86_400_000;
const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;

export interface AcmeServerOptions {
  /** The values of the TXT records of a name, as the world sees them. */
  readonly txt: (name: string) => readonly string[] | Promise<readonly string[]>;
}

/** An ACME server (RFC 8555) on this computer: it checks signatures, nonces and DNS records, and signs certificates. */
export interface AcmeServer extends AsyncDisposable {
  readonly directory: string;
  /** PEM. */
  readonly root: string;
  /** How many of each there were. */
  readonly counts: { accounts: number; orders: number; certificates: number };
}

interface Order {
  readonly account: string;
  readonly domains: readonly string[];
  status: 'pending' | 'ready' | 'valid' | 'invalid';
  certificate: string | null;
}

interface Authorization {
  readonly order: string;
  readonly domain: string;
  readonly token: string;
  status: 'pending' | 'valid' | 'invalid';
  error: Problem | null;
}

interface Problem {
  readonly type: string;
  readonly detail: string;
}

class AcmeError extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, detail: string, status = 400) {
    super(detail);
    this.type = `urn:ietf:params:acme:error:${type}`;
    this.status = status;
  }
}

interface Signed {
  readonly payload: Record<string, unknown> | null;
  /** The address of the account, or null where a new key signed. */
  readonly account: string | null;
  readonly jwk: JWK;
}

interface Answer {
  readonly status?: number;
  readonly location?: string;
  readonly body: unknown;
}

const id = () => randomBytes(8).toString('hex');
const idOf = (path: string) => path.split('/').at(-1) ?? '';

export async function startAcmeServer({ txt }: AcmeServerOptions): Promise<AcmeServer> {
  const nonces = new Set<string>();
  const accounts = new Map<string, JWK>();
  const orders = new Map<string, Order>();
  const authorizations = new Map<string, Authorization>();
  const counts = { accounts: 0, orders: 0, certificates: 0 };
  const rootKeys = await webcrypto.subtle.generateKey(keyAlgorithm, false, ['sign', 'verify']);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Test ACME root',
    keys: rootKeys,
    signingAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });

  function newNonce(): string {
    const nonce = randomBytes(16).toString('base64url');
    nonces.add(nonce);
    return nonce;
  }

  /** The body of a request, once its signature, nonce and address are right. */
  async function verified(request: IncomingMessage, url: string): Promise<Signed> {
    const jws = JSON.parse(await text(request)) as FlattenedJWSInput & { protected: string };
    const header = JSON.parse(Buffer.from(jws.protected, 'base64url').toString()) as Record<string, unknown>;
    if (!nonces.delete(String(header['nonce'])))
      throw new AcmeError('badNonce', 'The nonce is not one of this server.');
    if (header['url'] !== url) throw new AcmeError('unauthorized', 'The signed address is another one.', 401);
    const account = typeof header['kid'] === 'string' ? header['kid'] : null;
    const jwk = account === null ? (header['jwk'] as JWK | undefined) : accounts.get(account);
    if (jwk === undefined) throw new AcmeError('accountDoesNotExist', 'There is no such account.');
    const key = await importJWK(jwk, String(header['alg']));
    const { payload } = await flattenedVerify(jws, key, { algorithms: ['ES256', 'RS256'] }).catch(() => {
      throw new AcmeError('malformed', 'The signature is wrong.');
    });
    const content = new TextDecoder().decode(payload);
    return {
      payload: content === '' ? null : (JSON.parse(content) as Record<string, unknown>),
      account,
      jwk,
    };
  }

  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function orderBody(orderId: string, order: Order): object {
    const own = [...authorizations].filter(([, { order: of }]) => of === orderId);
    return {
      status: order.status,
      identifiers: order.domains.map((value) => ({ type: 'dns', value })),
      authorizations: own.map(([authorizationId]) => `${base()}/authorization/${authorizationId}`),
      finalize: `${base()}/finalize/${orderId}`,
      ...(order.certificate !== null && { certificate: `${base()}/certificate/${orderId}` }),
    };
  }

  function challengeBody(authorizationId: string, { token, status, error }: Authorization): object {
    return {
      type: 'dns-01',
      url: `${base()}/challenge/${authorizationId}`,
      token,
      status,
      ...(error !== null && { error }),
    };
  }

  async function validate(authorization: Authorization, jwk: JWK): Promise<void> {
    const keyAuthorization = `${authorization.token}.${await calculateJwkThumbprint(jwk)}`;
    const expected = createHash('sha256').update(keyAuthorization).digest('base64url');
    const name = `_acme-challenge.${authorization.domain}`;
    const order = orders.get(authorization.order) as Order;
    if ((await txt(name)).includes(expected)) {
      authorization.status = 'valid';
      order.status = 'ready';
    } else {
      authorization.status = 'invalid';
      order.status = 'invalid';
      authorization.error = {
        type: 'urn:ietf:params:acme:error:unauthorized',
        detail: `No TXT record at ${name} proves the domain.`,
      };
    }
  }

  async function sign(order: Order, csr: string): Promise<string> {
    const request = new x509.Pkcs10CertificateRequest(Buffer.from(csr, 'base64url'));
    if (!(await request.verify())) throw new AcmeError('badCSR', 'The request is not signed by its own key.');
    const extension = request.getExtension('2.5.29.17');
    const names = (extension as SubjectAlternativeNameExtension | null)?.names.items.map(
      ({ value }) => value,
    );
    if (JSON.stringify(names) !== JSON.stringify(order.domains)) {
      throw new AcmeError('badCSR', 'The request names other domains than the order.');
    }
    const certificate = await x509.X509CertificateGenerator.create({
      subject: `CN=${order.domains[0]}`,
      issuer: root.subjectName,
      notAfter: new Date(Date.now() + 90 * dayMs),
      publicKey: request.publicKey,
      signingKey: rootKeys.privateKey,
      signingAlgorithm,
      extensions: [
        new x509.SubjectAlternativeNameExtension(order.domains.map((value) => ({ type: 'dns', value }))),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      ],
    });
    counts.certificates += 1;
    return `${certificate.toString('pem')}\n`;
  }

  function owned<T>(map: ReadonlyMap<string, T>, path: string): T {
    const found = map.get(idOf(path));
    if (found === undefined) throw new AcmeError('malformed', 'There is no such thing.', 404);
    return found;
  }

  const routes: Readonly<Record<string, (path: string, signed: Signed) => Promise<Answer> | Answer>> = {
    'new-account': async (_, { jwk, payload }) => {
      if (payload?.['termsOfServiceAgreed'] !== true) {
        throw new AcmeError('userActionRequired', 'The terms have to be agreed to.', 403);
      }
      const location = `${base()}/account/${await calculateJwkThumbprint(jwk)}`;
      if (!accounts.has(location)) counts.accounts += 1;
      accounts.set(location, jwk);
      return { status: 201, location, body: { status: 'valid' } };
    },
    'new-order': (_, { account, payload }) => {
      if (account === null) throw new AcmeError('malformed', 'An account has to sign orders.');
      const domains = ((payload?.['identifiers'] ?? []) as { value: string }[]).map(({ value }) => value);
      const orderId = id();
      const order: Order = { account, domains, status: 'pending', certificate: null };
      orders.set(orderId, order);
      counts.orders += 1;
      for (const domain of domains) {
        authorizations.set(id(), { order: orderId, domain, token: id(), status: 'pending', error: null });
      }
      return { status: 201, location: `${base()}/order/${orderId}`, body: orderBody(orderId, order) };
    },
    order: (path) => ({ body: orderBody(idOf(path), owned(orders, path)) }),
    authorization: (path) => {
      const authorization = owned(authorizations, path);
      const { domain, status } = authorization;
      const challenges = [challengeBody(idOf(path), authorization)];
      return { body: { status, identifier: { type: 'dns', value: domain }, challenges } };
    },
    challenge: async (path, { payload, jwk }) => {
      const authorization = owned(authorizations, path);
      // An empty payload only asks how it is.
      if (payload !== null && authorization.status === 'pending') await validate(authorization, jwk);
      return { body: challengeBody(idOf(path), authorization) };
    },
    finalize: async (path, { payload }) => {
      const order = owned(orders, path);
      if (order.status !== 'ready') throw new AcmeError('orderNotReady', 'The domain is not proven.', 403);
      order.certificate = await sign(order, String(payload?.['csr']));
      order.status = 'valid';
      return { location: `${base()}/order/${idOf(path)}`, body: orderBody(idOf(path), order) };
    },
    certificate: (path) => ({ body: owned(orders, path).certificate }),
  };

  function send(response: ServerResponse, { status = 200, location, body }: Answer): void {
    const isText = typeof body === 'string';
    response.writeHead(status, {
      'replay-nonce': newNonce(),
      'cache-control': 'no-store',
      'content-type': isText ? 'application/pem-certificate-chain' : 'application/json',
      ...(location !== undefined && { location }),
    });
    response.end(isText ? body : JSON.stringify(body));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const [, noun = ''] = path.split('/');
    if (noun === 'directory') {
      const links = Object.entries({
        newNonce: 'new-nonce',
        newAccount: 'new-account',
        newOrder: 'new-order',
      });
      return send(response, {
        body: Object.fromEntries(links.map(([name, to]) => [name, `${base()}/${to}`])),
      });
    }
    if (noun === 'new-nonce') return send(response, { body: {} });
    const route = routes[noun];
    if (route === undefined) throw new AcmeError('malformed', 'There is nothing here.', 404);
    send(response, await route(path, await verified(request, `${base()}${path}`)));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const { type, status } = error instanceof AcmeError ? error : new AcmeError('serverInternal', '', 500);
      response.writeHead(status, { 'replay-nonce': newNonce(), 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ type, detail: error instanceof Error ? error.message : '' }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    directory: `${base()}/directory`,
    root: `${root.toString('pem')}\n`,
    counts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
