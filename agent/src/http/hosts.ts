/**
 * The names under which the loopback listener answers. A page on another name that was made to resolve to
 * this computer (DNS rebinding) sends its own name, and is refused.
 */
export function loopbackHosts(port: number): ReadonlySet<string> {
  const names = ['localhost', '127.0.0.1', '[::1]'];
  const withPort = names.map((name) => `${name}:${port}`);
  // Clients leave out the port that the scheme implies.
  return new Set(port === 80 ? [...names, ...withPort] : withPort);
}
