/** The listener that a request came in on, as far as decisions on access depend on it. */
export interface Via {
  readonly listener: 'loopback' | 'lan';
  /** Whether it came over TLS. */
  readonly secure: boolean;
  /** The Host headers that the listener answers to, in lower case. */
  readonly hosts: ReadonlySet<string>;
}

const bound = new WeakMap<object, Via>();

/** Remembers where a request came in; to be called by the listener before anything looks at the request. */
export function bindVia(request: object, via: Via): void {
  bound.set(request, via);
}

/** Where a request came in. One that no listener has vouched for is a defect, and must not be let in. */
export function viaOf(request: object): Via {
  const via = bound.get(request);
  if (via === undefined) throw new Error('A request came from no known listener.');
  return via;
}

/** The Origin of the agent's own page under a Host. */
export function originOf({ secure }: Via, host: string): string {
  return `${secure ? 'https' : 'http'}://${host.toLowerCase()}`;
}

/** Every Origin under which the agent's own page can be open on a listener. */
export function originsOf(via: Via): readonly string[] {
  return [...via.hosts].map((host) => originOf(via, host));
}
