import type { Environment } from './paths.ts';

/** How requests to other computers leave this network, in the words of Node. */
export type Proxy = Readonly<Partial<Record<'HTTP_PROXY' | 'HTTPS_PROXY' | 'NO_PROXY', string>>>;

/** The proxy that the environment names, as curl takes it: small letters first. Null where it names none. */
export function proxyIn(env: Environment): Proxy | null {
  const named = (name: keyof Proxy) => env[name.toLowerCase()] || env[name] || undefined;
  const [plain, secure, none] = [named('HTTP_PROXY'), named('HTTPS_PROXY'), named('NO_PROXY')];
  if (plain === undefined && secure === undefined) return null;
  return {
    ...(plain !== undefined && { HTTP_PROXY: plain }),
    ...(secure !== undefined && { HTTPS_PROXY: secure }),
    ...(none !== undefined && { NO_PROXY: none }),
  };
}
