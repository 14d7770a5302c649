import type { ServerResponse } from 'node:http';

/** Aborts when the client goes away before its answer was written to the end. */
export function clientSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
