/** Whether somebody closed the browser's own dialog: that is no failure. */
export function wasCancelled(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return name === 'NotAllowedError' || name === 'AbortError';
}

/** Whether this device has a passkey of the account already. */
export function isRegisteredAlready(error: unknown): boolean {
  return error instanceof Error && error.name === 'InvalidStateError';
}
