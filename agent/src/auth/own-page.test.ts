import { describe, expect, it } from 'vitest';
import { isForeign, mayUseCookie, type PageRequest } from './own-page.ts';

const own = 'http://localhost:8080';
const read: PageRequest = {
  method: 'GET',
  upgrade: false,
  ownOrigin: own,
  origin: undefined,
  fetchSite: 'same-origin',
};
const write: PageRequest = { ...read, method: 'POST', origin: own };
const upgrade: PageRequest = { ...read, upgrade: true, origin: own, fetchSite: undefined };

describe('a cookie counts for', () => {
  it.each([
    ['a read', read],
    ['a read by a program that is no browser', { ...read, fetchSite: undefined }],
    ['an address typed into the bar', { ...read, fetchSite: 'none' }],
    ['a change', write],
    ['an upgrade', upgrade],
  ])('%s', (_, request) => {
    expect(mayUseCookie(request)).toBe(true);
  });
});

describe('a cookie does not count for', () => {
  it.each([
    ['a read for another site', { ...read, fetchSite: 'cross-site' }, true],
    ['a read for another port of this computer', { ...read, fetchSite: 'same-site' }, true],
    ['a change without an Origin', { ...write, origin: undefined }, false],
    ['a change by another page', { ...write, origin: 'http://evil.example' }, true],
    ['a change by a page on another port', { ...write, origin: 'http://localhost:3000' }, true],
    ['a change by a page over https', { ...write, origin: 'https://localhost:8080' }, true],
    ['a change by a sandboxed page', { ...write, origin: 'null' }, true],
    ['a change under another of the agent’s names', { ...write, origin: 'http://127.0.0.1:8080' }, true],
    ['a change with a longer Origin', { ...write, origin: `${own}/` }, true],
    ['an upgrade without an Origin', { ...upgrade, origin: undefined }, false],
    ['an upgrade by another page', { ...upgrade, origin: 'http://evil.example' }, true],
  ])('%s', (_, request, foreign) => {
    expect(mayUseCookie(request)).toBe(false);
    expect(isForeign(request)).toBe(foreign);
  });
});
