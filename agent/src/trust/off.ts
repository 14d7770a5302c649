import { ImpetusError, type TrustStatus } from '@impetus/contracts';
import type { Trust } from './types.ts';

const status: TrustStatus = {
  mode: 'off',
  name: '',
  port: null,
  problem: null,
  origins: [],
  certificate: null,
  authority: null,
  mdns: { state: 'off', words: 'The agent listens on this computer alone.' },
  bootstrap: null,
  acme: null,
};

const refuse = async (): Promise<never> => {
  throw new ImpetusError(
    'conflict',
    'The agent listens on this computer alone. Start it with IMPETUS_LAN=1 to let other devices in.',
  );
};

/** For an agent that other devices shall not reach. */
export function trustOff(): Trust {
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
