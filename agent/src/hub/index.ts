import { setGlobalProxyFromEnv } from 'node:http';
import type { HubClient } from '@impetus/hub';
import { homeFiles, type Config } from '../config/index.ts';
import { RemoteHub, type RemoteHubOptions } from './remote-hub.ts';
import { TokenStore } from './token-store.ts';
import type { Hub } from './types.ts';

export interface OpenHubOptions extends Pick<
  RemoteHubOptions,
  'inference' | 'catalogue' | 'underWay' | 'log'
> {
  readonly config: Pick<Config, 'home' | 'hub' | 'proxy'>;
}

/** The Hub, and the way to it for those who fetch from it. */
export async function openHub(
  options: OpenHubOptions,
): Promise<{ readonly hub: Hub; readonly client: HubClient }> {
  const { config, ...parts } = options;
  const { secrets, hubHeaders } = homeFiles(config.home);
  // The Hub is asked with fetch, which takes a proxy for the whole process alone.
  if (config.proxy !== null) setGlobalProxyFromEnv(config.proxy);
  const tokens = new TokenStore(secrets, config.hub.token);
  const client: HubClient = {
    endpoint: config.hub.endpoint,
    token: () => tokens.token()?.reveal() ?? null,
  };
  const hub = new RemoteHub({ ...parts, client, tokens, headersFolder: hubHeaders });
  await hub.clear();
  return { hub, client };
}
