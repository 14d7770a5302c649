import type { Scope } from '@impetus/contracts/scopes';

/** Whether this device may do what a scope stands for. What it may not do is not offered. */
export function may(_scope: Scope): boolean {
  return true;
}
