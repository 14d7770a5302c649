import type { Maker, Principal, Users } from '../auth/types.ts';

/** Who makes something, in words for lists. */
export function makerOf(principal: Principal, users: Pick<Users, 'find'>): Maker {
  const user = principal.userId === null ? undefined : users.find(principal.userId);
  const name = user === undefined ? principal.name : `${user.name}, on ${principal.name}`;
  return { name, userId: principal.userId };
}
