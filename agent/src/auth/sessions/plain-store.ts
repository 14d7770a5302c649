import { hashToken, newToken } from './token-hash.ts';
import type { SessionStore, SessionStoreOptions } from './types.ts';

/**
 * The store without lucia, after the few functions that its author published in its place: a random token, its
 * SHA-256 as the key, an expiry that moves once half of it has gone by.
 */
export function plainSessionStore({ tokens, userExists, idleMs }: SessionStoreOptions): SessionStore {
  return {
    async issue(userId, sessionId) {
      const token = newToken();
      const now = Date.now();
      const record = {
        hash: hashToken(token),
        sessionId,
        userId,
        createdAt: new Date(now),
        expiresAt: new Date(now + idleMs),
        usedAt: null,
        goodUntil: null,
      };
      await tokens.put(record);
      return { token, record };
    },

    async validate(token) {
      const record = tokens.get(hashToken(token));
      if (record === undefined) return null;
      const now = Date.now();
      if (now >= record.expiresAt.getTime() || !userExists(record.userId)) {
        await tokens.delete([record.hash]);
        return null;
      }
      if (now < record.expiresAt.getTime() - idleMs / 2) return record;
      const extended = { ...record, expiresAt: new Date(now + idleMs) };
      await tokens.put(extended);
      return extended;
    },

    invalidate: (token) => tokens.delete([hashToken(token)]),

    invalidateUser: (userId) => tokens.delete(tokens.ofUser(userId).map(({ hash }) => hash)),

    async deleteExpired() {
      const now = Date.now();
      const expired = [...tokens.all()].filter(({ expiresAt }) => now >= expiresAt.getTime());
      await tokens.delete(expired.map(({ hash }) => hash));
    },
  };
}
