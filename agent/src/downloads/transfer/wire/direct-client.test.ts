import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createNet, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { signHere } from '../../../trust/testing/sign-here.ts';
import type { Answer } from './body.ts';
import { DirectClient } from './direct-client.ts';

let stack = new AsyncDisposableStack();
afterEach(async () => {
  await stack.disposeAsync();
  stack = new AsyncDisposableStack();
});

async function listen(server: Server, scheme = 'http'): Promise<string> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => open.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stack.defer(async () => {
    for (const socket of open) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/a?b=c`;
}

const client = () => stack.use(new DirectClient());
const question = (address: string, answerMs = 5_000) => ({
  url: new URL(address),
  headers: { 'user-agent': 'test' },
  signal: new AbortController().signal,
  answerMs,
});

async function bytesOf(answer: Answer | null, wait: () => Promise<unknown> | null = () => null) {
  const chunks: Buffer[] = [];
  await answer?.body.each((chunk) => {
    chunks.push(Buffer.from(chunk));
    return wait();
  });
  return Buffer.concat(chunks);
}

const content = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 251));

describe('one answer after the other', () => {
  it('comes over one connection', async () => {
    const ports = new Set<number | undefined>();
    const answerAll: RequestListener = ({ socket, url, headers }, response) => {
      ports.add(socket.remotePort);
      expect([url, headers['user-agent']]).toEqual(['/a?b=c', 'test']);
      response.writeHead(206, { 'content-length': content.length }).end(content);
    };
    const address = await listen(createHttp(answerAll));
    const warned: Error[] = [];
    const hear = (warning: Error) => warned.push(warning);
    process.on('warning', hear);
    stack.defer(() => void process.off('warning', hear));
    const asking = client();
    for (let times = 0; times < 20; times += 1) {
      const answer = await asking.ask(question(address));
      expect(answer?.status).toBe(206);
      expect((await bytesOf(answer)).equals(content)).toBe(true);
    }
    expect(ports.size).toBe(1);
    // Nothing may gather on a connection, which serves a large file hundreds of times.
    await sleep(1);
    expect(warned).toEqual([]);
  });

  it('comes over a new one where the server has closed the first meanwhile', async () => {
    const sockets: Socket[] = [];
    const server = createHttp((_, response) => response.writeHead(200, { 'content-length': 2 }).end('ok'));
    server.on('connection', (socket) => sockets.push(socket));
    const address = await listen(server);
    const asking = client();
    expect((await bytesOf(await asking.ask(question(address)))).toString()).toBe('ok');
    sockets[0]?.destroy();
    expect((await bytesOf(await asking.ask(question(address)))).toString()).toBe('ok');
    expect(sockets).toHaveLength(2);
  });
});

describe('what is read slowly', () => {
  it('is whole all the same', async () => {
    const answerAll: RequestListener = (_, response) =>
      response.writeHead(200, { 'content-length': content.length }).end(content);
    const answer = await client().ask(question(await listen(createHttp(answerAll))));
    expect((await bytesOf(answer, () => sleep(1))).equals(content)).toBe(true);
  });

  it('is whole over TLS too, which does not stop at once', async () => {
    const authority = await signHere({
      label: 'Test',
      name: 'files.local',
      addresses: ['127.0.0.1'],
      authority: null,
    });
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, authority.authority.root]);
    stack.defer(() => setDefaultCACertificates(before));
    const answerAll: RequestListener = (_, response) =>
      response.writeHead(200, { 'content-length': content.length }).end(content);
    const server = createHttps({ cert: authority.leaf.certificate, key: authority.leaf.key }, answerAll);
    const asking = client();
    const address = await listen(server, 'https');
    for (const wait of [() => null, () => sleep(1)])
      expect((await bytesOf(await asking.ask(question(address)), wait)).equals(content)).toBe(true);
  });
});

describe('what is not an answer of the plain kind', () => {
  const say = (text: string) =>
    listen(createNet((socket) => void socket.on('error', () => {}).once('data', () => socket.end(text))));

  it.each([
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'HTTP/1.1 200 OK\r\n\r\nuntil the end',
    'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok',
    'SSH-2.0-x\r\n\r\n',
    `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}`,
  ])('is left to another parser: %#', async (text) => {
    expect(await client().ask(question(await say(text)))).toBeNull();
  });

  it('an announcement is passed over', async () => {
    const text = 'HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
    expect((await bytesOf(await client().ask(question(await say(text))))).toString()).toBe('ok');
  });

  it('one that ends early rejects, and what came of it is there', async () => {
    const answer = await client().ask(
      question(await say('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf')),
    );
    let came = '';
    const reading = answer?.body.each((chunk) => {
      came += chunk.toString();
      return null;
    });
    await expect(reading).rejects.toThrow(/closed/u);
    expect(came).toBe('half');
  });

  it('more than was announced is not read as the next answer', async () => {
    const asking = client();
    const address = await say('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 500 No\r\n\r\n');
    for (let times = 0; times < 2; times += 1)
      expect((await bytesOf(await asking.ask(question(address)))).toString()).toBe('ok');
  });

  it('none within the time rejects', async () => {
    const address = await listen(createNet((socket) => void socket.on('error', () => {})));
    await expect(client().ask(question(address, 50))).rejects.toThrow();
  });
});
