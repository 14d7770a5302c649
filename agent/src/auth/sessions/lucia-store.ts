import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import { hashToken, newToken } from './token-hash.ts';
import type { SessionStore, SessionStoreOptions, TokenRecord, TokenTable } from './types.ts';

declare module 'lucia' {
  interface Register {
    Lucia: Lucia;
    DatabaseSessionAttributes: { readonly sessionId: string };
  }
}

/**
 * Lucia's view of the table. Lucia calls a session what is a token of one here, and its id is the token itself;
 * the table sees the hash alone.
 */
function adapterOf(tokens: TokenTable, userExists: (id: string) => boolean): Adapter {
  const toLucia = (id: string, record: TokenRecord): DatabaseSession => ({
    id,
    userId: record.userId,
    expiresAt: record.expiresAt,
    attributes: { sessionId: record.sessionId },
  });
  return {
    async getSessionAndUser(token) {
      const record = tokens.get(hashToken(token));
      if (record === undefined) return [null, null];
      const user = userExists(record.userId) ? { id: record.userId, attributes: {} } : null;
      return [toLucia(token, record), user];
    },
    async getUserSessions(userId) {
      return tokens.ofUser(userId).map((record) => toLucia(record.hash, record));
    },
    async setSession({ id: token, userId, expiresAt, attributes: { sessionId } }) {
      const fresh = { createdAt: new Date(), usedAt: null, goodUntil: null };
      await tokens.put({ hash: hashToken(token), sessionId, userId, expiresAt, ...fresh });
    },
    async updateSessionExpiration(token, expiresAt) {
      const record = tokens.get(hashToken(token));
      if (record !== undefined) await tokens.put({ ...record, expiresAt });
    },
    deleteSession: (token) => tokens.delete([hashToken(token)]),
    deleteUserSessions: (userId) => tokens.delete(tokens.ofUser(userId).map(({ hash }) => hash)),
    async deleteExpiredSessions() {
      const now = Date.now();
      const expired = [...tokens.all()].filter(({ expiresAt }) => expiresAt.getTime() <= now);
      await tokens.delete(expired.map(({ hash }) => hash));
    },
  };
}

/** The store over lucia 3. Of lucia only this is used: not its cookies, not its Origin check, not its hashing. */
export function luciaSessionStore({ tokens, userExists, idleMs }: SessionStoreOptions): SessionStore {
  const lucia = new Lucia(adapterOf(tokens, userExists), {
    sessionExpiresIn: new TimeSpan(idleMs, 'ms'),
  });
  return {
    async issue(userId, sessionId) {
      const token = newToken();
      await lucia.createSession(userId, { sessionId }, { sessionId: token });
      return { token, record: tokens.get(hashToken(token)) as TokenRecord };
    },
    async validate(token) {
      const { session } = await lucia.validateSession(token);
      return session === null ? null : (tokens.get(hashToken(token)) ?? null);
    },
    invalidate: (token) => lucia.invalidateSession(token),
    invalidateUser: (userId) => lucia.invalidateUserSessions(userId),
    deleteExpired: () => lucia.deleteExpiredSessions(),
  };
}
