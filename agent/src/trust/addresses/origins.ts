import { isIPv6 } from 'node:net';

/** An https address of this agent, and where it leads. */
export interface OriginTarget {
  readonly url: string;
  /** What the certificate has to be for. */
  readonly host: string;
  /** As clients send it. */
  readonly authority: string;
}

function target(host: string, port: number): OriginTarget {
  const name = isIPv6(host) ? `[${host}]` : host;
  const authority = port === 443 ? name : `${name}:${port}`;
  return { url: `https://${authority}`, host, authority };
}

/** The origins of names and addresses, in their order; names with a wildcard lead nowhere. */
export function originTargets(hosts: readonly string[], port: number): OriginTarget[] {
  return [...new Set(hosts)].filter((host) => !host.startsWith('*')).map((host) => target(host, port));
}

/** The values of a Host header under which the https listener answers. */
export function allowedHosts(targets: readonly OriginTarget[], port: number): ReadonlySet<string> {
  const implied = port === 443 ? targets.map(({ authority }) => `${authority}:443`) : [];
  return new Set([...targets.map(({ authority }) => authority.toLowerCase()), ...implied]);
}
