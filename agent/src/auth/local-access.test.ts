import { describe, expect, it } from 'vitest';
import { isLocalPage, isLoopbackAddress, type LocalRequest } from './local-access.ts';

const own = 'http://localhost:8080';
const read: LocalRequest = {
  method: 'GET',
  upgrade: false,
  loopback: true,
  ownOrigin: own,
  origin: undefined,
  fetchSite: 'same-origin',
};
const write: LocalRequest = { ...read, method: 'POST', origin: own };
const upgrade: LocalRequest = { ...read, upgrade: true, origin: own, fetchSite: undefined };

describe('the agent’s own page', () => {
  it.each([
    ['a read', read],
    ['a read by a program that is no browser', { ...read, fetchSite: undefined }],
    ['an address typed into the bar', { ...read, fetchSite: 'none' }],
    ['a change', write],
    ['an upgrade', upgrade],
  ])('%s is let in', (_, request) => {
    expect(isLocalPage(request)).toBe(true);
  });

  it.each([
    ['a read for another site', { ...read, fetchSite: 'cross-site' }],
    ['a read for another port of this computer', { ...read, fetchSite: 'same-site' }],
    ['a change without an Origin', { ...write, origin: undefined }],
    ['a change by another page', { ...write, origin: 'http://evil.example' }],
    ['a change by a page on another port', { ...write, origin: 'http://localhost:3000' }],
    ['a change by a page over https', { ...write, origin: 'https://localhost:8080' }],
    ['a change by a sandboxed page', { ...write, origin: 'null' }],
    ['a change under another of the agent’s names', { ...write, origin: 'http://127.0.0.1:8080' }],
    ['an upgrade without an Origin', { ...upgrade, origin: undefined }],
    ['an upgrade by another page', { ...upgrade, origin: 'http://evil.example' }],
    ['another computer', { ...write, loopback: false }],
  ])('%s is not', (_, request) => {
    expect(isLocalPage(request)).toBe(false);
  });
});

it('knows the addresses of this computer', () => {
  expect(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'].every(isLoopbackAddress)).toBe(true);
  expect(['10.0.0.1', '::ffff:10.0.0.1', '1127.0.0.1', '', undefined].some(isLoopbackAddress)).toBe(false);
});
