import { permits, type Scope } from '@impetus/contracts/scope-list';
import { scopeWords } from './scope-words.ts';
import { session } from './session.ts';

/**
 * Whether this device may do what a scope stands for. What it may not do is not offered. While nobody knows,
 * nothing is taken from the page: the agent decides in the end.
 */
export function may(scope: Scope): boolean {
  const present = session();
  return present.kind !== 'in' || permits(present.current.scopes, scope);
}

/** Why this device may not do something; null where it may. */
export function forbiddenReason(scope: Scope): string | null {
  if (may(scope)) return null;
  return `This device may not ${scopeWords[scope].verb}. Whoever manages the Mac can allow it, on the Devices page.`;
}
