/** A token of a session, as it is kept: its hash alone. */
export interface TokenRecord {
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
  readonly sessionId: string;
  readonly userId: string;
  readonly createdAt: Date;
  /** When it ends unless it is used; pushed out as it is used. */
  readonly expiresAt: Date;
  /** When it was first presented. */
  readonly usedAt: Date | null;
  /** Once another has taken its place: until when it is still accepted. */
  readonly goodUntil: Date | null;
}

/** What an implementation of the store is made of. */
export interface SessionStoreOptions {
  readonly tokens: TokenTable;
  readonly userExists: (userId: string) => boolean;
  /** How long a token lives without being used. */
  readonly idleMs: number;
}

/** Where tokens are kept. */
export interface TokenTable {
  get(hash: string): TokenRecord | undefined;
  ofSession(sessionId: string): readonly TokenRecord[];
  ofUser(userId: string): readonly TokenRecord[];
  all(): IterableIterator<TokenRecord>;
  /** The promises resolve when it is on the disk. */
  put(record: TokenRecord): Promise<void>;
  delete(hashes: readonly string[]): Promise<void>;
}

/**
 * The tokens of sessions: who has one, and until when. Knows nothing of devices, rotation and absolute lifetimes,
 * which are ours. There are two of them, and which one runs is one line of the composition.
 */
export interface SessionStore {
  /** A new token for a session: the only time that it is seen. */
  issue(userId: string, sessionId: string): Promise<{ readonly token: string; readonly record: TokenRecord }>;
  /** What a token stands for; null where it is unknown, expired, or its user is gone. Using it keeps it alive. */
  validate(token: string): Promise<TokenRecord | null>;
  invalidate(token: string): Promise<void>;
  invalidateUser(userId: string): Promise<void>;
  deleteExpired(): Promise<void>;
}
