/** What a decision on a request without a credential depends on. */
export interface LocalRequest {
  readonly method: string;
  readonly upgrade: boolean;
  /** Whether it came over a connection from this computer. */
  readonly loopback: boolean;
  /** The Origin of the agent's own page under the Host that was asked for. */
  readonly ownOrigin: string;
  readonly origin: string | undefined;
  /** The browser's Sec-Fetch-Site. */
  readonly fetchSite: string | undefined;
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request without a credential is from the agent's own page in a browser on this computer.
 * Browsers always name the Origin where something can be changed, and other pages cannot forge it.
 */
export function isLocalPage(request: LocalRequest): boolean {
  const { method, upgrade, loopback, ownOrigin, origin, fetchSite } = request;
  if (!loopback || (origin !== undefined && origin !== ownOrigin)) return false;
  if (upgrade || !safeMethods.has(method)) return origin !== undefined;
  return fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none';
}

/** Whether an address of a connection's other end is this computer. */
export function isLoopbackAddress(address: string | undefined): boolean {
  if (address === undefined) return false;
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}
