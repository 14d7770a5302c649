import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestAgent, type TestAgent } from './support/test-agent.ts';

let test: TestAgent;
beforeAll(async () => {
  test = await startTestAgent();
});
afterAll(() => test[Symbol.asyncDispose]());

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Node's own client, because fetch sends neither a Host nor an Origin of one's choice. */
async function send(path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
  const request = httpRequest(new URL(path, test.agent.http), {
    method,
    headers: { host: test.host, ...headers },
  });
  request.end(body);
  const [response] = await once(request, 'response');
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, headers: response.headers, body: text };
}

const json = { 'content-type': 'application/json' };
const own = () => ({ origin: `http://${test.host}` });
const signedIn = () => ({ ...own(), cookie: test.cookie });
const bearer = () => ({ authorization: `Bearer ${test.key}` });
const codeOf = (answer: Answer) => {
  const { error } = JSON.parse(answer.body) as { error: { code?: unknown; data?: { code: string } } };
  return error.data?.code ?? error.code;
};

describe('the Host', () => {
  it.each(['evil.example', 'localhost', 'localhost:1', '127.0.0.1.nip.io'])(
    '%s is misdirected',
    async (host) => {
      const page = await send('/', { headers: { host } });
      expect([page.status, codeOf(page)]).toEqual([421, 'host_not_allowed']);
      const dialect = await send('/v1/models', { headers: { host, ...bearer() } });
      expect(dialect.status).toBe(421);
      expect(JSON.parse(dialect.body)).toMatchObject({
        error: { message: expect.stringContaining(host), type: expect.any(String) },
      });
      const management = await send('/trpc/models.list', { headers: { host } });
      expect([management.status, codeOf(management)]).toEqual([421, 'host_not_allowed']);
    },
  );

  it('of the listener is answered, by each of its names', async () => {
    const port = new URL(test.agent.http).port;
    for (const name of ['localhost', 'LOCALHOST', '127.0.0.1', '[::1]']) {
      expect((await send('/', { headers: { host: `${name}:${port}` } })).status).toBe(200);
    }
  });
});

describe('a change', () => {
  const rescan = (headers: Record<string, string>) =>
    send('/trpc/models.rescan', { method: 'POST', headers: { ...json, ...headers }, body: '{}' });

  it('by the agent’s own page is made', async () => {
    expect((await rescan(signedIn())).status).toBe(200);
    expect(codeOf(await rescan(own()))).toBe('unauthorized');
  });

  it('by a foreign page is refused, whatever it knows', async () => {
    const origin = 'http://evil.example';
    expect(codeOf(await rescan({ origin }))).toBe('origin_not_allowed');
    expect(codeOf(await rescan({ origin, ...bearer() }))).toBe('origin_not_allowed');
    expect(codeOf(await rescan({ ...signedIn(), origin }))).toBe('origin_not_allowed');
    expect((await rescan({ origin: 'null' })).status).toBe(403);
  });

  it('without an Origin needs a credential', async () => {
    expect(codeOf(await rescan({}))).toBe('unauthorized');
    expect(codeOf(await rescan({ cookie: test.cookie }))).toBe('origin_not_allowed');
    expect((await rescan(bearer())).status).toBe(200);
  });
});

describe('a read for another site', () => {
  it('is refused', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const headers = { 'sec-fetch-site': site, cookie: test.cookie };
      const answer = await send('/trpc/models.list', { headers });
      expect([answer.status, codeOf(answer)]).toEqual([403, 'origin_not_allowed']);
    }
  });
});

describe('an upgrade', () => {
  async function upgrade(path: string, headers: Record<string, string>): Promise<number> {
    const socket = new WebSocket(`ws://${test.host}${path}`, { headers });
    const opened = once(socket, 'open').then(() => 101);
    const refused = once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number);
    socket.on('error', () => {});
    const status = await Promise.race([opened, refused]);
    socket.terminate();
    return status;
  }

  it('is decided before it is made', async () => {
    expect(await upgrade('/trpc', signedIn())).toBe(101);
    expect(await upgrade('/trpc', own())).toBe(401);
    expect(await upgrade('/trpc', { cookie: test.cookie })).toBe(403);
    expect(await upgrade('/trpc', bearer())).toBe(101);
    expect(await upgrade('/trpc', {})).toBe(401);
    expect(await upgrade('/trpc', { authorization: 'Bearer imp_no' })).toBe(401);
    expect(await upgrade('/trpc', { origin: 'http://evil.example' })).toBe(403);
    expect(await upgrade('/trpc', { origin: 'http://evil.example', ...bearer() })).toBe(403);
    expect(await upgrade('/trpc', { ...own(), host: 'evil.example' })).toBe(421);
    expect(await upgrade('/elsewhere', signedIn())).toBe(404);
  });
});

describe('the dialects', () => {
  const models = (headers: Record<string, string>) => send('/v1/models', { headers });

  it('ask for a key, also the agent’s own page', async () => {
    for (const headers of [{}, own(), signedIn(), { cookie: test.cookie }]) {
      const answer = await models(headers);
      expect([answer.status, codeOf(answer)]).toEqual([401, 'invalid_api_key']);
    }
  });

  it('take it where clients put it', async () => {
    expect((await models(bearer())).status).toBe(200);
    expect((await models({ authorization: `bearer ${test.key}` })).status).toBe(200);
    expect((await models({ 'x-api-key': test.key })).status).toBe(200);
    expect((await models({ 'api-key': test.key })).status).toBe(200);
  });

  it('refuse a revoked key at once', async () => {
    const { keys } = test.agent.context.services;
    const { id, key } = await keys.create({ name: 'Short-lived', scopes: ['infer'] });
    const headers = { authorization: `Bearer ${key}` };
    expect((await models(headers)).status).toBe(200);
    await keys.revoke(id);
    const answer = await models(headers);
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('was revoked');
  });
});

describe('bad requests', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    send('/trpc/models.load', { method: 'POST', headers: { ...signedIn(), ...json, ...headers }, body });

  it('have their own errors, never a stack', async () => {
    const plain = await post('{"id":"fake"}', { 'content-type': 'text/plain' });
    expect([plain.status, codeOf(plain)]).toEqual([415, 'unsupported_media_type']);
    const answers = {
      invalid_request: await post('{'),
      unsupported_media_type: await post('a=1', { 'content-type': 'application/x-www-form-urlencoded' }),
      payload_too_large: await post(JSON.stringify('x'.repeat(1024 * 1024 + 1))),
      model_not_found: await post('{"id":"nothing"}'),
      not_found: await send('/nothing'),
      method_not_allowed: await send('/v1/chat/completions', { headers: bearer() }),
    };
    const found = Object.values(answers).map((answer) => [answer.status, codeOf(answer)]);
    expect(found).toEqual([
      [400, 'invalid_request'],
      [415, 'unsupported_media_type'],
      [413, 'payload_too_large'],
      [404, 'model_not_found'],
      [404, 'not_found'],
      [405, 'method_not_supported'],
    ]);
    expect(answers.method_not_allowed.headers.allow).toBe('POST');
    for (const { body } of Object.values(answers)) expect(body).not.toMatch(/\.ts|node_modules|stack/);
  });

  it('name the field that is wrong', async () => {
    const { error } = JSON.parse((await post('{"id":""}')).body) as { error: { data: object } };
    expect(error.data).toMatchObject({ code: 'invalid_request', param: 'id', httpStatus: 400 });
  });

  it('that cannot be decoded are refused', async () => {
    expect((await send('/%zz')).status).toBe(400);
  });

  it('too large by their own account are refused before the body comes', async () => {
    const request = httpRequest(new URL('/v1/chat/completions', test.agent.http), {
      method: 'POST',
      headers: { host: test.host, ...json, ...bearer(), 'content-length': String(2 ** 40) },
    });
    request.on('error', () => {});
    request.flushHeaders();
    const [response] = await once(request, 'response');
    expect(response.statusCode).toBe(413);
    // The rest is not waited for.
    await once(request, 'close');
  });

  it('too large to be read are answered though their client is still sending', async () => {
    const body = JSON.stringify({ id: 'x'.repeat(8_000_000) });
    const refused = await fetch(`${test.agent.http}/trpc/uploads.drop`, {
      method: 'POST',
      headers: { cookie: test.cookie, origin: test.agent.http, ...json },
      body,
    });
    expect(refused.status).toBe(413);
  });
});

describe('the page', () => {
  it('is served with headers that keep it to itself', async () => {
    const page = await send('/');
    expect(page.body).toContain('The page');
    expect(page.headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("script-src 'self'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'x-request-id': expect.any(String),
    });
    expect(page.headers['strict-transport-security']).toBeUndefined();
    expect((await send('/', { method: 'HEAD' })).status).toBe(200);
  });

  it('opens at every address that a browser navigates to, and at no other', async () => {
    const html = { accept: 'text/html,*/*' };
    expect((await send('/models/some', { headers: html })).body).toContain('The page');
    expect((await send('/models/some')).status).toBe(404);
    expect((await send('/v1/nothing', { headers: html })).status).toBe(404);
    expect((await send('/api/nothing', { headers: html })).status).toBe(404);
  });

  it('has assets that are kept for good, compressed where the browser can', async () => {
    const plain = await send('/assets/main-abc.js');
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const compressed = await send('/assets/main-abc.js', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(compressed.headers['content-encoding']).toBe('br');
    expect((await send('/sw.js')).headers['cache-control']).toBe('no-cache');
    expect((await send('/assets/gone.js')).status).toBe(404);
  });

  it.each([
    '/../home/agent.json',
    '/..%2fhome%2fagent.json',
    '/%2e%2e/home/agent.json',
    '/.hidden',
    '/assets',
  ])('gives nothing away at %s', async (path) => {
    const answer = await send(path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('credential');
  });
});
