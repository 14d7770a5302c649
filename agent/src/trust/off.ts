import { ImpetusError, type TrustStatus } from '@impetus/contracts';
import type { Trust } from './types.ts';

const chosenWords = 'The agent listens on this computer alone.';
const remedy =
  'The agent listens on this computer alone. Start it with IMPETUS_LAN=1 to let other devices in.';

/** For an agent that other devices shall not reach; or cannot, where there is a problem. */
export function trustOff(problem: string | null = null): Trust {
  const status: TrustStatus = {
    mode: 'off',
    name: '',
    port: null,
    problem,
    origins: [],
    certificate: null,
    authority: null,
    mdns: { state: 'off', words: problem ?? chosenWords },
    bootstrap: null,
    acme: null,
  };
  const refuse = async (): Promise<never> => {
    throw new ImpetusError('conflict', problem ?? remedy);
  };
  return {
    status: () => status,
    authority: () => null,
    handOut: () => null,
    origins: () => [],
    check: async () => status,
    openBootstrap: refuse,
    closeBootstrap: async () => {},
    renew: refuse,
    rename: refuse,
    useOwn: refuse,
    useFiles: refuse,
    useAcme: refuse,
    continueAcme: refuse,
  };
}
