import type { ApiKeyInfo, TrustStatus, UserInfo } from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import { findingsOf, type SecurityFacts } from './security-findings.ts';

const now = Date.parse('2026-06-01T12:00:00Z');
const today = '2026-06-01T08:00:00Z';

const owner: UserInfo = {
  id: 'u',
  name: 'Maria',
  owner: true,
  scopes: ['admin'],
  mustChangePassword: false,
  createdAt: today,
  createdBy: 'The set-up',
  lastSignInAt: null,
};
const key: ApiKeyInfo = {
  id: 'k',
  name: 'Laptop',
  scopes: ['infer'],
  limits: { concurrency: null, requestsPerMinute: null },
  createdAt: today,
  createdBy: 'Maria',
  userId: null,
  deviceId: null,
  expiresAt: '2026-07-01T00:00:00Z',
  lastUsedAt: null,
  oldSecretUntil: null,
  revokedAt: null,
};
const off = { mode: 'off', name: '', port: null, problem: null, certificate: null, bootstrap: null };
const lan = {
  ...off,
  mode: 'own',
  name: 'impetus-k4rt.local',
  port: 8443,
  certificate: { notAfter: '2026-08-01T00:00:00Z' },
};
const trustOf = (status: object) => status as unknown as TrustStatus;

const safe: SecurityFacts = {
  now,
  http: 'http://127.0.0.1:8080',
  users: [owner],
  devices: [],
  keys: [key],
  corsOrigins: [],
  ollamaWithoutKey: false,
  trust: trustOf(off),
  openFiles: [],
};

const levels = (facts: Partial<SecurityFacts>, part: RegExp) =>
  findingsOf({ ...safe, ...facts })
    .filter(({ what }) => part.test(what))
    .map(({ level }) => level);

it('has nothing to say against an agent that is closed', () => {
  expect(findingsOf(safe).filter(({ level }) => level !== 'fine')).toEqual([]);
});

describe('what is found', () => {
  it.each<[string, Partial<SecurityFacts>, RegExp, string]>([
    ['no owner', { users: [] }, /no owner/, 'warning'],
    ['another admin', { users: [owner, { ...owner, owner: false, name: 'Otto' }] }, /Otto/, 'note'],
    ['a key without an expiry', { keys: [{ ...key, expiresAt: null }] }, /no expiry/, 'note'],
    ['a key that may manage', { keys: [{ ...key, scopes: ['admin'] }] }, /may manage/, 'warning'],
    [
      'a key long unused',
      { keys: [{ ...key, createdAt: '2026-01-01T00:00:00Z' }] },
      /not used for 151 days/,
      'note',
    ],
    ['a page elsewhere', { corsOrigins: ['https://chat.example'] }, /chat\.example/, 'note'],
    ['a page of this computer', { corsOrigins: ['http://localhost:3000'] }, /localhost:3000/, 'note'],
    ['a page over plain http', { corsOrigins: ['http://chat.example'] }, /chat\.example/, 'warning'],
    ['programs without a key', { ollamaWithoutKey: true }, /without a key/, 'note'],
    ['an open file', { openFiles: ['/data/impetus.db'] }, /impetus\.db/, 'warning'],
    [
      'a certificate that ended',
      { trust: trustOf({ ...lan, certificate: { notAfter: '2026-05-01T00:00:00Z' } }) },
      /certificate ended/,
      'warning',
    ],
    [
      'a certificate that ends',
      { trust: trustOf({ ...lan, certificate: { notAfter: '2026-06-05T00:00:00Z' } }) },
      /ends soon/,
      'note',
    ],
    ['a good certificate', { trust: trustOf(lan) }, /good until 2026-08-01/, 'fine'],
    [
      'the certificate over http',
      { trust: trustOf({ ...lan, bootstrap: { until: today } }) },
      /plain http until/,
      'note',
    ],
  ])('%s', (_, facts, part, level) => {
    expect(levels(facts, part)).toEqual([level]);
  });

  it('leaves out keys that no longer work', () => {
    const keys = [
      { ...key, scopes: ['admin' as const], revokedAt: today },
      { ...key, scopes: ['admin' as const], expiresAt: '2026-05-01T00:00:00Z' },
    ];
    expect(levels({ keys }, /may manage/)).toEqual([]);
  });
});
