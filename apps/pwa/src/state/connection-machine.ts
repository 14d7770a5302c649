/** What is known of the link to the agent. Times in milliseconds since the epoch. */
export interface LinkFacts {
  /** The agent answered on the present connection. */
  readonly live: boolean;
  /** It has been asked for a sign of life after a long silence and has not given one yet. */
  readonly doubted: boolean;
  readonly heardAt: number | null;
  /** Since when it is not live; null while it is. */
  readonly lostAt: number | null;
}

export type LinkEvent =
  | { readonly type: 'answered' | 'heard' | 'doubted' | 'lost'; readonly at: number }
  /** What the last visit of this page heard. */
  | { readonly type: 'remembered'; readonly heardAt: number };

/** What the connection pill says. */
export type ConnectionView =
  | { readonly kind: 'connected' }
  | { readonly kind: 'reconnecting' }
  /** `since`: when the agent was last heard; null if it never was. */
  | { readonly kind: 'away'; readonly since: number | null };

/** A short loss is not worth alarming anyone. */
export const graceMs = 4_000;
/** A healthy link is never silent for longer: the socket asks after five seconds. */
const staleMs = 9_000;

export function initialFacts(at: number): LinkFacts {
  return { live: false, doubted: false, heardAt: null, lostAt: at };
}

export function reduceLink(facts: LinkFacts, event: LinkEvent): LinkFacts {
  switch (event.type) {
    case 'answered':
      return { live: true, doubted: false, heardAt: event.at, lostAt: null };
    case 'heard':
      // Before the agent has answered, an open socket may be a proxy's or another program's.
      return facts.live ? { ...facts, doubted: false, heardAt: event.at } : facts;
    case 'doubted':
      return facts.live ? { ...facts, doubted: true } : facts;
    case 'lost':
      return facts.live ? { ...facts, live: false, doubted: false, lostAt: event.at } : facts;
    case 'remembered':
      return facts.heardAt === null ? { ...facts, heardAt: event.heardAt } : facts;
  }
}

/** A routine question after five silent seconds is no reason to doubt; one after a sleep of the page is. */
function isStale(facts: LinkFacts, now: number): boolean {
  return facts.doubted && facts.heardAt !== null && now - facts.heardAt > staleMs;
}

export function viewLink(facts: LinkFacts, now: number): ConnectionView {
  if (facts.live) return isStale(facts, now) ? { kind: 'reconnecting' } : { kind: 'connected' };
  if (facts.lostAt !== null && now - facts.lostAt < graceMs) return { kind: 'reconnecting' };
  return { kind: 'away', since: facts.heardAt };
}
