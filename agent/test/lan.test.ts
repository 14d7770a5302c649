import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import type { TrustStatus } from '@impetus/contracts';
import { startAgentProcess, temporaryFolder, waitFor } from '@impetus/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askHttp1,
  askHttp2,
  lanSocket,
  lanView,
  openHttp2,
  startHttp2,
  type LanView,
} from './support/lan-client.ts';
import { startTestAgent, type TestAgent } from './support/test-agent.ts';

const run = promisify(execFile);

let test: TestAgent;
let view: LanView;
let bearer: Record<string, string>;
beforeAll(async () => {
  test = await startTestAgent({ lan: true });
  view = lanView(test);
  const { key } = await test.agent.context.services.keys.create({ name: 'Phone', scopes: ['admin'] });
  bearer = { authorization: `Bearer ${key}` };
});
afterAll(() => test[Symbol.asyncDispose]());

const trust = () => test.agent.context.services.trust;
const json = { 'content-type': 'application/json' };
const chat = JSON.stringify({ model: 'fake', stream: true, messages: [{ role: 'user', content: 'Hello' }] });

describe('a device that trusts the authority', () => {
  it('reads the page and the endpoint over HTTP/1.1', async () => {
    const page = await askHttp1(view, '/');
    expect(page.body).toContain('The page');
    expect(page.headers['strict-transport-security']).toBeUndefined();
    expect((await askHttp1(view, '/v1/models')).status).toBe(401);
    expect((await askHttp1(view, '/v1/models', { headers: bearer })).status).toBe(200);
  });

  it('needs a key for Ollama’s API also where programs on this computer do without', async () => {
    const { settings } = test.agent.context.services;
    await settings.updateAgent({ ollamaWithoutKey: true });
    expect((await fetch(`${test.agent.http}/api/tags`)).status).toBe(200);
    expect((await askHttp1(view, '/api/tags')).status).toBe(401);
    expect((await askHttp1(view, '/api/tags', { headers: bearer })).status).toBe(200);
    await settings.updateAgent({ ollamaWithoutKey: false });
    expect((await fetch(`${test.agent.http}/api/tags`)).status).toBe(401);
  });

  it('reads them over HTTP/2, many at once on one connection', async () => {
    const session = openHttp2(view);
    const answers = await Promise.all([
      askHttp2(session, view, { ':path': '/assets/main-abc.js', 'accept-encoding': 'br' }),
      askHttp2(session, view, { ':path': '/v1/models', ...bearer }),
      askHttp2(session, view, { ':path': '/v1/models' }),
      askHttp2(session, view, { ':path': '/trpc/trust.status', ...bearer }),
      askHttp2(
        session,
        view,
        { ':path': '/trpc/models.rescan', origin: view.origin, ...json, ...bearer },
        '{}',
      ),
      askHttp2(
        session,
        view,
        { ':path': '/trpc/models.rescan', origin: `http://${view.host}`, ...json, ...bearer },
        '{}',
      ),
    ]);
    session.close();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 200, 200, 403]);
    expect(answers[0]?.headers['content-encoding']).toBe('br');
    expect(answers[3]?.body).toContain(view.name);
  });

  it('streams an answer over HTTP/2, and one that is given up stops alone', async () => {
    const session = openHttp2(view);
    const ask = { ':path': '/v1/chat/completions', ':method': 'POST', ...json, ...bearer };
    const stream = startHttp2(session, view, ask);
    stream.end(chat);
    let text = '';
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
    await waitFor('the request', () => test.inference.busy);
    test.inference.say('Good morning');
    await waitFor('the first words', () => text.includes('Good morning'));
    const before = test.inference.aborted;
    stream.close(8);
    await waitFor('the abort', () => test.inference.aborted === before + 1);
    expect((await askHttp2(session, view, { ':path': '/v1/models', ...bearer })).status).toBe(200);
    session.close();
  });

  it('follows the state over wss, which comes over HTTP/1.1 beside HTTP/2', async () => {
    await using socket = lanSocket(view, bearer);
    expect((await socket.trpc.trust.status.query()).name).toBe(view.name);
    const event = await new Promise((resolve) => {
      const watching = socket.trpc.state.watch.subscribe(undefined, {
        onData: ({ data }) => {
          resolve(data);
          watching.unsubscribe();
        },
      });
    });
    expect(event).toMatchObject({ type: 'snapshot', trust: { mode: 'own' } });
  });

  it('uses the openai package with the file that “trust export” writes', async () => {
    const ca = join(test.config.home, 'authority.pem');
    writeFileSync(ca, view.ca);
    const script = `
      const dns = require('node:dns');
      const { lookup } = dns;
      // The name leads to this computer, as it would by mDNS.
      dns.lookup = (host, ...rest) => lookup.call(dns, host === '${view.name}' ? '127.0.0.1' : host, ...rest);
      const { default: OpenAI } = require('openai');
      const client = new OpenAI({ baseURL: '${view.origin}/v1', apiKey: '${bearer['authorization']?.slice(7)}', maxRetries: 0 });
      client.models.list().then((list) => console.log(list.data[0].id), (error) => console.log(String(error.cause?.cause ?? error)));
    `;
    const ask = async (env: Record<string, string>) =>
      (await run(process.execPath, ['-e', script], { cwd: import.meta.dirname, env })).stdout.trim();
    expect(await ask({ NODE_EXTRA_CA_CERTS: ca })).toBe('fake');
    expect(await ask({})).toMatch(/unable to verify|issuer certificate|self-signed/i);
  });
});

describe('a device that does not', () => {
  it('is shown a chain that openssl refuses without the authority and takes with it', async () => {
    const chain = join(test.config.home, 'chain.pem');
    const root = join(test.config.home, 'root.pem');
    const socket = connectTls({ port: view.port, servername: view.name, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const pem = (raw: Buffer) => new X509Certificate(raw).toString();
    const peer = socket.getPeerCertificate(true);
    socket.destroy();
    writeFileSync(chain, pem(peer.raw) + pem(peer.issuerCertificate.raw));
    writeFileSync(root, view.ca);
    const verify = (...args: string[]) =>
      run('openssl', ['verify', '-x509_strict', ...args, '-untrusted', chain, chain]);
    await expect(verify('-no-CAfile', '-no-CApath')).rejects.toThrow('unable to get');
    const checked = await verify('-CAfile', root, '-verify_hostname', view.name);
    expect(checked.stdout).toContain('OK');
    await expect(verify('-CAfile', root, '-verify_hostname', 'bank.example')).rejects.toThrow('ostname');
  });
});

describe('the listener', () => {
  it('shows who names the host a certificate for the name alone, and who dials an address one for both', async () => {
    const names = async (servername: string) => {
      const socket = connectTls({ port: view.port, servername, ca: view.ca, rejectUnauthorized: false });
      await once(socket, 'secureConnect');
      const { subjectaltname } = socket.getPeerCertificate();
      socket.destroy();
      return subjectaltname;
    };
    expect(await names(view.name)).toBe(`DNS:${view.name}`);
    const addresses = trust().status().certificate?.names.slice(1) ?? [];
    expect((await names(''))?.split(', ')).toHaveLength(1 + addresses.length);
  });

  it('answers to its own names alone, in either version', async () => {
    const session = openHttp2(view);
    const [address = ''] = trust()
      .status()
      .origins.filter(({ url }) => !url.includes(view.name))
      .map(({ url }) => url);
    const hosts = [
      'evil.example',
      view.name,
      `localhost:${view.port}`,
      `127.0.0.1:${view.port}`,
      `${view.name}.:${view.port}`,
    ];
    for (const host of hosts) {
      expect([host, (await askHttp1(view, '/', { headers: { host } })).status]).toEqual([host, 421]);
      expect((await askHttp2(session, view, { ':authority': host })).status).toBe(421);
    }
    // What HTTP/2 calls the authority counts, whatever a Host beside it says.
    expect((await askHttp2(session, view, { host: 'evil.example' })).status).toBe(200);
    expect((await askHttp2(session, view, { ':authority': 'evil.example', host: view.host })).status).toBe(
      421,
    );
    if (address !== '')
      expect((await askHttp1(view, '/', { headers: { host: address.slice(8) } })).status).toBe(200);
    session.close();
  });

  it('speaks TLS 1.2 and newer, and no plain http', async () => {
    const old = connectTls({
      port: view.port,
      servername: view.name,
      ca: view.ca,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const [error] = await once(old, 'error');
    expect(String(error)).toMatch(/protocol|version|alert/i);
    const plain = httpRequest({ port: view.port, headers: { host: view.host } });
    plain.end();
    expect(await once(plain, 'error')).toHaveLength(1);
    expect((await askHttp1(view, '/', { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })).status).toBe(200);
  });

  it('shows a new certificate at once, to new connections, while the old ones go on', async () => {
    const fingerprint = async (servername: string) => {
      const socket = connectTls({ port: view.port, servername, ca: view.ca, rejectUnauthorized: false });
      await once(socket, 'secureConnect');
      const { fingerprint256 } = socket.getPeerCertificate();
      socket.destroy();
      return fingerprint256.replaceAll(':', '').toLowerCase();
    };
    const before = trust().status().certificate?.fingerprint;
    expect(await fingerprint('')).toBe(before);
    const named = await fingerprint(view.name);
    const session = openHttp2(view);
    await askHttp2(session, view, {});
    const after = (await trust().renew({ what: 'certificate' })).certificate?.fingerprint;
    expect(after).not.toBe(before);
    expect(await fingerprint('')).toBe(after);
    expect(await fingerprint(view.name)).not.toBe(named);
    expect((await askHttp2(session, view, {})).status).toBe(200);
    session.close();
  });
});

describe('the certificate over http', () => {
  it('is handed out while somebody adds a device, and not before or after', async () => {
    expect(trust().status().bootstrap).toBeNull();
    const { urls, until } = await trust().openBootstrap();
    expect(trust().status().bootstrap).toMatchObject({ urls });
    const left = new Date(until).getTime() - Date.now();
    expect(left).toBeGreaterThan(9 * 60_000);
    expect(left).toBeLessThanOrEqual(10 * 60_000);
    // Asked by its name at this computer's own address, as every machine has one.
    const { port } = new URL(urls[0] ?? '');
    const askAs = async (host: string, path: string, method = 'GET') => {
      const request = httpRequest({
        port,
        path,
        method,
        agent: false,
        headers: { host, cookie: '__Host-impetus=1' },
      });
      request.end();
      const [answer] = await once(request, 'response');
      const body = Buffer.concat(await Array.fromAsync(answer as AsyncIterable<Buffer>));
      expect(answer.headers['set-cookie']).toBeUndefined();
      return { status: answer.statusCode as number, body };
    };
    const own = `${view.name}:${port}`;
    expect((await askAs(own, '/')).body.toString()).toContain('Let this device trust Test');
    const { body } = await askAs(own, '/impetus.crt');
    const { fingerprint256 } = new X509Certificate(body);
    expect(fingerprint256.replaceAll(':', '').toLowerCase()).toBe(trust().authority()?.fingerprint);
    expect((await askAs('evil.example', '/impetus.crt')).status).toBe(421);
    for (const path of [
      '/v1/models',
      '/trpc/trust.status',
      '/..%2fsecrets/trust.json',
      '/secrets/trust.json',
    ]) {
      expect([path, (await askAs(own, path)).status]).toEqual([path, 404]);
    }
    expect((await askAs(own, '/', 'POST')).status).toBe(405);
    await trust().closeBootstrap();
    expect(trust().status().bootstrap).toBeNull();
    await expect(askAs(own, '/')).rejects.toThrow('ECONNREFUSED');
  });

  it('is what a page over http asks about, and nothing else of https is', async () => {
    const check = await askHttp1(view, '/trust/check');
    expect([check.status, check.headers['cross-origin-resource-policy']]).toEqual([204, 'cross-origin']);
    expect((await askHttp1(view, '/')).headers['cross-origin-resource-policy']).toBe('same-origin');
  });
});

it('tells the screens what was dialled, with what is wrong', async () => {
  const status = await trust().check();
  expect(status).toMatchObject({ mode: 'own', problem: null, mdns: { state: 'off' } });
  // Nobody here resolves the name.
  expect(status.origins[0]).toMatchObject({
    url: view.origin,
    reachable: false,
    problem: expect.stringContaining('knows the name'),
  });
  expect(trust().origins()).toEqual(
    status.origins.filter(({ reachable }) => reachable).map(({ url }) => url),
  );
});

it('keeps what is secret to its owner, and the root’s key nowhere', () => {
  const { home } = test.config;
  expect(statSync(join(home, 'secrets')).mode & 0o777).toBe(0o700);
  expect(statSync(join(home, 'secrets', 'trust.json')).mode & 0o777).toBe(0o600);
  const { authority } = JSON.parse(readFileSync(join(home, 'secrets', 'trust.json'), 'utf8')) as {
    authority: Record<string, string>;
  };
  expect(Object.keys(authority)).toEqual(['root', 'intermediate', 'intermediateKey']);
  expect(readFileSync(join(home, 'logs', 'agent.log'), 'utf8')).not.toContain('PRIVATE KEY');
});

it('is not made anew over a damaged file: this computer is served, and it is said what is wrong', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'secrets', 'trust.json');
  mkdirSync(join(folder.path, 'secrets'));
  writeFileSync(path, '{"version":1,"name":"impetus-ab');
  await using agent = await startAgentProcess({ home: folder.path, env: { IMPETUS_LAN: '1' } });
  const status = await agent.cli<TrustStatus>('trust', 'show');
  expect(status).toMatchObject({
    mode: 'off',
    port: null,
    problem: expect.stringContaining(`${path} is damaged`),
  });
  expect(readFileSync(path, 'utf8')).toBe('{"version":1,"name":"impetus-ab');
});

it('stops with the agent, and what streams is told', async () => {
  await using own = await startTestAgent({ lan: true });
  const lan = lanView(own);
  const session = openHttp2(lan);
  const stream = startHttp2(session, lan, {
    ':path': '/v1/chat/completions',
    ':method': 'POST',
    ...json,
    authorization: `Bearer ${own.key}`,
  });
  stream.end(chat);
  let text = '';
  stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  await waitFor('the request', () => own.inference.busy);
  own.inference.say('Half');
  await waitFor('the first words', () => text.includes('Half'));
  const closed = once(session, 'close');
  await own.agent[Symbol.asyncDispose]();
  await closed;
  expect(text).toContain('shutting_down');
});
