import { memberToken, startLocalHub, strangerToken, type LocalHub } from '@impetus/test-kit/hub';
import { madeUp, ofText } from '@impetus/test-kit/hub';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HubClient } from './client.ts';
import { listTree } from './list-tree.ts';
import { modelInfo } from './model-info.ts';
import { readBytes } from './read-bytes.ts';
import { readCard } from './read-card.ts';
import { resolveFile } from './resolve-file.ts';
import { nextModels, searchModels } from './search-models.ts';
import { whoami } from './whoami.ts';

const content = madeUp(100_000, 5);
const files = { 'README.md': ofText('---\nlicense: mit\n---\n# A model\n'), 'a.gguf': content };
let hub: LocalHub;
let token: string | null = null;
let client: HubClient;

beforeAll(async () => {
  hub = await startLocalHub({
    repos: [
      ...Array.from({ length: 5 }, (_, index) => ({ id: `many/m${index}`, files, likes: index })),
      { id: 'one/gated', files, gated: 'manual', licence: 'other' },
      { id: 'one/private', files, private: true },
      { id: 'one/renamed', files, formerId: 'one/former' },
      {
        id: 'one/many-files',
        files: Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`${index}.gguf`, content])),
      },
    ],
  });
  client = { endpoint: hub.url, token: () => token };
});
afterAll(() => hub[Symbol.asyncDispose]());
afterEach(() => {
  hub.clearFaults();
  token = null;
});

describe('a search', () => {
  it('goes from page to page until there is none', async () => {
    const found: string[] = [];
    let page = await searchModels(client, {
      query: 'm',
      author: 'many',
      tags: ['gguf'],
      sort: 'likes',
      limit: 2,
    });
    for (;;) {
      found.push(...page.repos.map(({ id }) => id));
      if (page.next === null) break;
      page = await nextModels(client, page.next);
    }
    expect(found).toEqual(['many/m4', 'many/m3', 'many/m2', 'many/m1', 'many/m0']);
  });

  it('does not follow a cursor to another origin, nor to another path', async () => {
    for (const next of [`${hub.cdnUrl}/api/models`, `${hub.url}/api/whoami-v2`, 'nonsense'])
      await expect(async () => nextModels(client, next)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('says what answered where that is not the Hub', async () => {
    hub.fault({ kind: 'html' });
    await expect(searchModels(client, { sort: 'likes', limit: 2 })).rejects.toMatchObject({
      kind: 'bad-answer',
    });
  });

  it('hands on when to ask again', async () => {
    hub.fault({ kind: 'rate-limited', retryAfterSeconds: 7 });
    await expect(searchModels(client, { sort: 'likes', limit: 2 })).rejects.toMatchObject({
      kind: 'rate-limited',
      retryAfterSeconds: 7,
    });
  });

  it('tells a Hub that is not there from one that refuses', async () => {
    const nowhere = { ...client, endpoint: 'http://127.0.0.1:9' };
    await expect(searchModels(nowhere, { sort: 'likes', limit: 2 })).rejects.toMatchObject({
      kind: 'unreachable',
    });
  });
});

describe('a mirror that hands on the links of the real Hub', () => {
  const mirrored: HubClient = {
    endpoint: 'https://mirror.example/hf',
    token: () => null,
    async fetch(url, init) {
      const { pathname, search, origin } = new URL(url);
      expect(origin).toBe('https://mirror.example');
      const answer = await fetch(`${hub.url}${pathname.replace(/^\/hf/u, '')}${search}`, init);
      const headers = new Headers(answer.headers);
      const link = headers.get('link');
      if (link !== null) headers.set('link', link.replaceAll(hub.url, 'https://huggingface.co'));
      return new Response(await answer.text(), { status: answer.status, headers });
    },
  };

  it('is asked for all pages of a search and of a repo, and nobody else is', async () => {
    const first = await searchModels(mirrored, { author: 'many', sort: 'likes', limit: 3 });
    const second = await nextModels(mirrored, first.next ?? '');
    expect([...first.repos, ...second.repos].map(({ id }) => id)).toHaveLength(5);
    expect(await listTree(mirrored, 'one/many-files', 'main')).toHaveLength(70);
  });
});

describe('a repo', () => {
  it('is described, with all its files over several pages', async () => {
    expect(await modelInfo(client, 'one/gated')).toMatchObject({
      gated: 'manual',
      cardData: { license: 'other' },
    });
    const tree = await listTree(client, 'one/many-files', 'main');
    expect(tree).toHaveLength(70);
    expect(tree[0]).toEqual({ path: '0.gguf', size: 100_000, sha256: content.sha256() });
  });

  it('that was renamed is found by the name that it had', async () => {
    expect((await modelInfo(client, 'one/former')).id).toBe('one/renamed');
    expect(await listTree(client, 'one/former', 'main')).toHaveLength(2);
    const file = { repo: 'one/former', revision: 'main', path: 'a.gguf' };
    expect(await resolveFile(client, file)).toMatchObject({ etag: content.sha256() });
  });

  it('has a card without the metadata at its head, or an empty one', async () => {
    expect(await readCard(client, 'many/m0', 'main')).toBe('# A model\n');
    expect(await readCard(client, 'one/many-files', 'main')).toBe('');
  });

  it('that is private or gated is told apart from one that is open', async () => {
    await expect(modelInfo(client, 'one/private')).rejects.toMatchObject({
      kind: 'access',
      code: 'RepoNotFound',
    });
    const gated = { repo: 'one/gated', revision: 'main', path: 'a.gguf' };
    await expect(resolveFile(client, gated)).rejects.toMatchObject({ kind: 'access', code: 'GatedRepo' });
    token = strangerToken;
    await expect(resolveFile(client, gated)).rejects.toMatchObject({ kind: 'access', status: 403 });
    token = memberToken;
    expect((await modelInfo(client, 'one/private')).private).toBe(true);
    expect(await resolveFile(client, gated)).toMatchObject({ etag: content.sha256(), size: 100_000 });
  });
});

describe('a file', () => {
  const file = { repo: 'many/m0', revision: 'main', path: 'a.gguf' };

  it('is resolved to another origin, which never sees the token', async () => {
    token = memberToken;
    const { url } = await resolveFile(client, file);
    expect(url.startsWith(hub.cdnUrl)).toBe(true);
    expect(await readBytes(client, url, { from: 10, to: 20 })).toEqual(new Uint8Array(content.read(10, 10)));
    const sent = hub.requests.filter(({ authorised }) => authorised);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.every(({ server }) => server === 'hub')).toBe(true);
  });

  it('is read from its start where ranges are ignored, and not taken where another range comes', async () => {
    const { url } = await resolveFile(client, file);
    hub.fault({ kind: 'no-ranges', times: 1 });
    expect(await readBytes(client, url, { from: 0, to: 5 })).toHaveLength(5);
    hub.fault({ kind: 'other-range', times: 1 });
    await expect(readBytes(client, url, { from: 0, to: 5 })).rejects.toMatchObject({ kind: 'bad-answer' });
  });

  it('ends a circle of redirects', async () => {
    hub.fault({ kind: 'redirect-loop' });
    await expect(resolveFile(client, file)).rejects.toMatchObject({ kind: 'bad-answer' });
  });
});

describe('a token', () => {
  it('says whose it is, or that the Hub does not know it', async () => {
    expect(await whoami(client, memberToken)).toEqual({
      name: 'member',
      fullName: 'The member',
      tokenName: 'member’s key',
    });
    await expect(whoami(client, 'hf_unknown')).rejects.toMatchObject({ kind: 'token' });
  });
});
