import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import type { BootstrapStatus, TrustStatus } from '@impetus/contracts';
import { askHttp1, askHttp2, openHttp2, openSocket, type LanView } from '../support/lan-client.ts';
import type { Answer, Attack } from './attack.ts';
import type { Target } from './target.ts';

const group = 'Other devices';

async function viewOf(target: Target): Promise<LanView> {
  const { name, port } = await target.admin<TrustStatus>('trust.check');
  const { pem } = await target.admin<{ pem: string }>('trust.handOut');
  if (port === null) throw new Error('The agent lets no other devices in.');
  return { name, port, host: `${name}:${port}`, origin: `https://${name}:${port}`, ca: pem };
}

/** A connection that was not made is told as status 0 with the reason. */
const cutOff = (error: unknown): Answer => ({ status: 0, headers: {}, body: String(error) });

const overLan = (
  name: string,
  status: number,
  audited: string | null,
  run: (view: LanView, target: Target) => Promise<Answer>,
): Attack => ({ group, name, run: async (target) => run(await viewOf(target), target), status, audited });

async function overHttp2(view: LanView, headers: Record<string, string>): Promise<Answer> {
  const session = openHttp2(view);
  session.on('error', () => {});
  try {
    return await askHttp2(session, view, headers).catch(cutOff);
  } finally {
    session.destroy();
  }
}

const cliCredential = ({ agent }: Target) =>
  (JSON.parse(readFileSync(join(agent.home, 'agent.json'), 'utf8')) as { credential: string }).credential;

const asCli = (target: Target) => ({ authorization: `Bearer ${cliCredential(target)}` });

/** Asks the listener that hands out the certificate, which is open for this alone. */
const bootstrap = (
  name: string,
  status: number,
  {
    path = '/',
    method = 'GET',
    host,
    headers = {},
  }: { path?: string; method?: string; host?: string; headers?: Record<string, string> },
): Attack => ({
  group,
  name,
  async run(target) {
    const { name: own } = await target.admin<TrustStatus>('trust.check');
    const { urls } = await target.admin<BootstrapStatus>('trust.openBootstrap');
    const { port } = new URL(urls[0] ?? '');
    try {
      const request = httpRequest({
        port,
        method,
        agent: false,
        headers: { host: host ?? `${own}:${port}`, ...headers },
      });
      // Set by hand: a URL would straighten what attackers leave crooked.
      request.path = path;
      request.end();
      const [response] = await once(request, 'response');
      let body = '';
      for await (const chunk of response) body += String(chunk);
      if (response.headers['set-cookie'] !== undefined) throw new Error('A cookie went out over http.');
      return { status: response.statusCode as number, headers: response.headers, body };
    } finally {
      await target.admin('trust.closeBootstrap');
    }
  },
  status,
  audited: null,
});

/** Chooses files as somebody at the Mac's command line would. */
const badFiles = (
  name: string,
  files: (home: string, view: LanView) => { certificate: string; key: string },
): Attack => ({
  group,
  name,
  async run(target) {
    const view = await viewOf(target);
    const answer = await target.call('trust.useFiles', files(target.agent.home, view), asCli(target));
    // What served before serves on.
    if ((await askHttp1(view, '/trust/check')).status !== 204)
      throw new Error('The listener no longer answers.');
    return answer;
  },
  status: 400,
  audited: 'trust.useFiles',
});

const own = (home: string) =>
  JSON.parse(readFileSync(join(home, 'secrets', 'trust.json'), 'utf8')) as {
    leaf: { certificate: string; key: string };
    authority: { intermediateKey: string };
  };

function written(home: string, name: string, content: string): string {
  const path = join(home, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

export const lan: readonly Attack[] = [
  overLan('a foreign name over https', 421, 'access', (view) =>
    askHttp1(view, '/', { headers: { host: 'evil.example' } }),
  ),
  overLan('the loopback’s name over https', 421, 'access', (view) =>
    askHttp1(view, '/', { headers: { host: `localhost:${view.port}` } }),
  ),
  overLan('a foreign authority over HTTP/2', 421, 'access', (view) =>
    overHttp2(view, { ':authority': 'evil.example' }),
  ),
  overLan('… with our name as the Host beside it', 421, 'access', (view) =>
    overHttp2(view, { ':authority': 'evil.example', host: view.host }),
  ),
  overLan('a foreign name in the TLS greeting and in the Host', 421, 'access', (view) =>
    askHttp1(view, '/', {
      servername: 'evil.example',
      rejectUnauthorized: false,
      headers: { host: `evil.example:${view.port}` },
    }),
  ),
  overLan('a client that expects another name is shown ours, and leaves', 0, null, (view) =>
    askHttp1(view, '/', { servername: 'bank.example' }).catch(cutOff),
  ),
  overLan('plain http to the https port', 0, null, async ({ port, host }) => {
    const request = httpRequest({ port, headers: { host } });
    request.end();
    return once(request, 'response').then(() => ({ status: 200, headers: {}, body: '' }), cutOff);
  }),
  overLan('TLS 1.1', 0, null, async ({ port, name, ca }) => {
    const socket = connectTls({
      port,
      servername: name,
      ca,
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    return once(socket, 'secureConnect').then(() => ({ status: 200, headers: {}, body: '' }), cutOff);
  }),
  overLan('headers of 40 kB over HTTP/1.1', 431, null, (view) =>
    askHttp1(view, '/', { headers: { 'x-long': 'x'.repeat(40_000) } }),
  ),
  overLan('… and over HTTP/2', 431, null, (view) => overHttp2(view, { 'x-long': 'x'.repeat(40_000) })),
  overLan('the command line’s credential from the network', 401, 'access', (view, target) =>
    askHttp1(view, '/trpc/keys.list', { headers: asCli(target) }),
  ),
  overLan('the loopback’s cookie over https', 401, 'access', (view, target) =>
    askHttp1(view, '/trpc/keys.list', { headers: { cookie: target.signedIn()['cookie'] ?? '' } }),
  ),
  overLan('a WebSocket from our page as it is over plain http', 403, 'access', async (view, target) => {
    const socket = openSocket({ ...view, origin: `http://${view.host}` }, asCli(target));
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    socket.terminate();
    return { status: response.statusCode as number, headers: {}, body: '' };
  }),
  bootstrap('a path that climbs out, where the certificate is handed out', 404, {
    path: '/../secrets/trust.json',
  }),
  bootstrap('… hidden in its spelling', 404, { path: '/%2e%2e/secrets/trust.json' }),
  bootstrap('the key instead of the certificate', 404, { path: '/impetus.key' }),
  bootstrap('the management, with a cookie, over plain http', 404, {
    path: '/trpc/keys.list',
    headers: { cookie: '__Host-impetus=anything' },
  }),
  bootstrap('something sent over plain http', 405, { method: 'POST' }),
  bootstrap('a foreign name over plain http', 421, { host: 'evil.example' }),
  {
    group,
    name: 'a device with every scope names a command that the Mac is to run',
    run: (target) =>
      target.call(
        'trust.useAcme',
        { domain: 'mac.example.org', hook: '/bin/sh', termsAgreed: true },
        target.signedIn(),
      ),
    status: 403,
    audited: 'trust.useAcme',
  },
  {
    group,
    name: '… or files that the Mac is to read',
    run: (target) =>
      target.call('trust.useFiles', { certificate: '/etc/passwd', key: '/etc/passwd' }, target.signedIn()),
    status: 403,
    audited: 'trust.useFiles',
  },
  badFiles('a certificate file that is half written', (home) => ({
    certificate: written(home, 'half.pem', own(home).leaf.certificate.slice(0, 300)),
    key: written(home, 'half.key', own(home).leaf.key),
  })),
  badFiles('a key that is half written', (home) => ({
    certificate: written(home, 'whole.pem', own(home).leaf.certificate),
    key: written(home, 'half.key', own(home).leaf.key.slice(0, 60)),
  })),
  badFiles('a certificate with the key of another', (home) => ({
    certificate: written(home, 'whole.pem', own(home).leaf.certificate),
    key: written(home, 'other.key', own(home).authority.intermediateKey),
  })),
];
