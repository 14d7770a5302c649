import { writeFile, mkdir, rm, truncate, copyFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { waitFor, type AgentProcess } from '@impetus/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKeyedAgent, type KeyedAgent } from './support/keyed-agent.ts';

interface Envelope {
  readonly error: { message: string; type: string; param: string | null; code: string | null };
}

const path = '/v1/chat/completions';
const good = { model: 'impetus-sample', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 2 };

let test: KeyedAgent;
let agent: AgentProcess;
let key: string;
let keyId: string;

beforeAll(async () => {
  test = await startKeyedAgent();
  ({ agent, key, keyId } = test);
});

afterAll(() => test[Symbol.asyncDispose]());

async function post(body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(agent.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as Envelope) };
}

describe('the endpoint', () => {
  it.each([
    ['malformed JSON', '{"model":', 400, null],
    ['an array', '[]', 400, 'invalid_type'],
    ['an empty body', '', 400, null],
    ['a wrong type', { ...good, messages: 'hi' }, 400, 'invalid_type'],
    ['a value out of range', { ...good, temperature: 9 }, 400, 'invalid_value'],
    ['a missing field', { model: 'impetus-sample' }, 400, 'missing_required_parameter'],
    ['an unknown model', { ...good, model: 'gpt-5' }, 404, 'model_not_found'],
    [
      'a picture for a text model',
      { ...good, messages: [{ role: 'user', content: [{ type: 'image_url' }] }] },
      400,
      'invalid_value',
    ],
  ])('refuses %s in form', async (_, body, status, code) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.error).toMatchObject({ type: 'invalid_request_error', code });
    expect(answer.error.message.length).toBeGreaterThan(10);
    expect(JSON.stringify(answer)).not.toMatch(/at .*\.ts|node_modules/u);
  });

  it('refuses another media type', async () => {
    expect((await post(good, { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('refuses an oversize body from its declared length, without waiting for it', async () => {
    const answer = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'content-length': 2 ** 30,
      };
      const outgoing = request(agent.url + path, { method: 'POST', headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => resolve({ status: response.statusCode, body }));
      });
      outgoing.on('error', reject);
      // One byte of a gigabyte, and then silence.
      outgoing.write('{');
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'request_too_large' } });
  });

  it.each([
    ['no key', {}],
    ['a key that is none', { authorization: 'Bearer sk-123' }],
    ['a key of another agent', { authorization: `Bearer imp_${'a'.repeat(12)}_${'b'.repeat(64)}` }],
  ])('refuses %s with 401', async (_, headers) => {
    const response = await fetch(`${agent.url}/v1/models`, { headers });
    expect(response.status).toBe(401);
    expect(((await response.json()) as Envelope).error.code).toBe('invalid_api_key');
  });

  it('takes a key however clients send it', async () => {
    for (const headers of [{ authorization: `bearer ${key}` }, { 'x-api-key': key }, { 'api-key': key }]) {
      expect((await fetch(`${agent.url}/v1/models/?x=1`, { headers })).status).toBe(200);
    }
  });

  it('refuses a revoked key at once', async () => {
    const other = await agent.cli<{ key: string; id: string }>('keys', 'create', '--name', 'Gone');
    const ask = () => fetch(`${agent.url}/v1/models`, { headers: { authorization: `Bearer ${other.key}` } });
    expect((await ask()).status).toBe(200);
    await agent.cli('keys', 'revoke', other.id);
    expect((await ask()).status).toBe(401);
    expect(keyId).not.toBe(other.id);
  });

  it('answers what does not exist and wrong methods in form', async () => {
    const headers = { authorization: `Bearer ${key}` };
    const missing = await fetch(`${agent.url}/v1/nothing`, { headers });
    expect(missing.status).toBe(404);
    expect(((await missing.json()) as Envelope).error.type).toBe('invalid_request_error');
    const method = await fetch(agent.url + path, { headers });
    expect(method.status).toBe(405);
    expect(method.headers.get('allow')).toBe('POST');
  });
});

describe('the models folder', () => {
  interface Listed {
    readonly id: string;
    readonly problem: string | null;
  }

  it('shows truncated and foreign files as what they are and goes on', async () => {
    const folder = join(agent.home, 'models');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'foreign.gguf'), 'This is a letter, not a model.');
    await writeFile(join(folder, 'empty.gguf'), '');
    const sample = (await agent.cli<{ id: string; path: string }[]>('models', 'ls'))[0];
    await copyFile(sample?.path ?? '', join(folder, 'cut.gguf'));
    await truncate(join(folder, 'cut.gguf'), 200_000);

    const problems = await waitFor('the three files to be listed', async () => {
      const listed = await agent.cli<Listed[]>('models', 'ls');
      return listed.length === 4 && Object.fromEntries(listed.map(({ id, problem }) => [id, problem]));
    });
    expect(problems['foreign']).toMatch(/GGUF/u);
    expect(problems['empty']).toBeTruthy();
    expect(problems['cut']).toMatch(/ends/u);
    const refused = await post({ ...good, model: 'cut' });
    expect(refused).toMatchObject({ status: 400, error: { code: 'model_unusable' } });

    await rm(folder, { recursive: true });
    await waitFor('the files to be gone', async () => {
      return (await agent.cli<Listed[]>('models', 'ls')).length === 1;
    });
    expect((await post(good)).status).toBe(200);
  });
});
