/** What a decision on a page's request depends on. */
export interface PageRequest {
  readonly method: string;
  readonly upgrade: boolean;
  /** The Origin of the agent's own page under the Host that was asked for. */
  readonly ownOrigin: string;
  readonly origin: string | undefined;
  /** The browser's Sec-Fetch-Site. */
  readonly fetchSite: string | undefined;
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether another page than the agent's own asks, as far as the browser says. */
export function isForeign({ origin, ownOrigin, fetchSite }: PageRequest): boolean {
  if (origin !== undefined) return origin !== ownOrigin;
  // Another port of this computer is the same site: its pages would send the cookie along.
  return fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none';
}

/**
 * Whether a cookie may count. Browsers always name the Origin where something can be changed, and other pages
 * cannot forge it: a request that changes something without naming it is from no page of ours.
 */
export function mayUseCookie(request: PageRequest): boolean {
  if (isForeign(request)) return false;
  return (!request.upgrade && safeMethods.has(request.method)) || request.origin !== undefined;
}
