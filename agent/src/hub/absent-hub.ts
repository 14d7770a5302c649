import { ImpetusError } from '@impetus/contracts';
import type { Hub } from './types.ts';

const refuse = () =>
  Promise.reject(new ImpetusError('hub_unavailable', 'This version cannot reach the Hub yet.'));

/** Stands where the Hub will be. */
export function absentHub(endpoint: string): Hub {
  return {
    search: refuse,
    repo: refuse,
    card: refuse,
    fit: refuse,
    recommend: () => Promise.resolve([]),
    account: () => ({ source: 'none', endpoint }),
    setToken: refuse,
    clearToken: refuse,
    whoami: () => Promise.resolve(null),
  };
}
