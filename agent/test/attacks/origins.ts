import type { Attack } from './attack.ts';
import type { Target } from './target.ts';

const group = 'Origin';
const json = { 'content-type': 'application/json' };

/** A change with the owner's cookie, by a page on another origin. */
const change = (name: string, headersOf: (target: Target) => Record<string, string>): Attack => ({
  group,
  name,
  run: (target) =>
    target.send('/trpc/models.rescan', {
      method: 'POST',
      headers: { ...json, ...target.signedIn(), ...headersOf(target) },
      body: '{}',
    }),
  status: 403,
  audited: 'access',
});

export const origins: readonly Attack[] = [
  change('a foreign page changes something with the cookie', () => ({ origin: 'https://evil.example' })),
  change('a page on another port of this Mac', () => ({ origin: 'http://localhost:3000' })),
  change('a page under another name of this Mac', ({ agent }) => ({ origin: agent.url })),
  change('a page that claims https', ({ agent }) => ({ origin: agent.url.replace('http:', 'https:') })),
  change('a sandboxed page, whose origin is null', () => ({ origin: 'null' })),
  change('our origin with a slash behind it', (target) => ({ origin: `${target.signedIn()['origin']}/` })),
  {
    group,
    name: 'a form of a foreign page, which sends no JSON',
    run: (target) =>
      target.send('/trpc/models.rescan', {
        method: 'POST',
        headers: {
          ...target.signedIn(),
          origin: 'https://evil.example',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'a=1',
      }),
    status: 403,
    audited: 'access',
  },
  {
    group,
    name: 'a cookie that changes something without an Origin',
    run: (target) =>
      target.send('/trpc/models.rescan', {
        method: 'POST',
        headers: { ...json, cookie: target.signedIn()['cookie'] ?? '' },
        body: '{}',
      }),
    status: 403,
    audited: 'access',
  },
  {
    group,
    name: 'a script of another port reads with the cookie (Sec-Fetch-Site: same-site)',
    run: (target) =>
      target.send('/trpc/keys.list', {
        headers: { cookie: target.signedIn()['cookie'] ?? '', 'sec-fetch-site': 'same-site' },
      }),
    status: 403,
    audited: 'access',
  },
  {
    group,
    name: 'a foreign page opens a WebSocket with the cookie',
    run: (target) => target.upgrade('/trpc', { ...target.signedIn(), origin: 'https://evil.example' }),
    status: 403,
    audited: 'access',
  },
  {
    group,
    name: 'a WebSocket with the cookie and without an Origin',
    run: (target) => target.upgrade('/trpc', { cookie: target.signedIn()['cookie'] ?? '' }),
    status: 403,
    audited: 'access',
  },
  {
    group,
    name: 'a foreign page signs the browser in to an account of its own',
    run: (target) =>
      target.call('session.signIn', { name: 'Owner', password: 'x' }, { origin: 'https://evil.example' }),
    status: 403,
    audited: 'access',
  },
  {
    group,
    name: 'a foreign page asks for the models with a key that it has (CORS)',
    prepare: async (target) => (await target.admin<{ key: string }>('keys.create', { name: 'CORS' })).key,
    run: (target, key) =>
      target.send('/v1/models', {
        headers: { origin: 'https://evil.example', authorization: `Bearer ${key}` },
      }),
    status: 403,
    audited: 'access',
  },
  {
    group,
    name: 'a preflight of a foreign page',
    run: (target) =>
      target.send('/v1/chat/completions', {
        method: 'OPTIONS',
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      }),
    status: 403,
    audited: 'access',
  },
];
