import type { Attack } from './attack.ts';

const group = 'Body and method';
const json = { 'content-type': 'application/json' };

const post = (
  name: string,
  status: number,
  body: string,
  headers: Record<string, string> = json,
): Attack => ({
  group,
  name,
  run: (target) =>
    target.send('/trpc/keys.create', { method: 'POST', headers: { ...target.signedIn(), ...headers }, body }),
  status,
  audited: null,
});

export const bodies: readonly Attack[] = [
  post('half of a JSON text', 400, '{"name":'),
  post('JSON of the wrong form', 400, '{"name":["a"]}'),
  post('a scope that does not exist', 400, '{"name":"K","scopes":["root"]}'),
  post('a prototype in the JSON', 400, '{"name":"K","scopes":{"__proto__":["admin"],"length":1}}'),
  post('a name that turns text around', 400, JSON.stringify({ name: 'a\u202eb' })),
  post('a body beyond the limit', 413, JSON.stringify({ name: 'x'.repeat(1024 * 1024) })),
  post('a form', 415, 'name=K', { 'content-type': 'application/x-www-form-urlencoded' }),
  {
    group,
    name: 'a change by GET',
    run: (target) =>
      target.send(`/trpc/keys.create?input=${encodeURIComponent('{"name":"K"}')}`, {
        headers: { cookie: target.signedIn()['cookie'] ?? '' },
      }),
    status: 405,
    audited: null,
  },
  {
    group,
    name: 'a file outside of the page’s folder',
    run: (target) => target.send('/..%2f..%2fhome%2fagent.json'),
    status: 404,
    audited: null,
  },
  {
    group,
    name: 'two lengths of one body (request smuggling)',
    run: (target) =>
      target.raw(
        'POST /trpc/session.signIn HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /',
      ),
    status: 400,
    audited: null,
  },
];
