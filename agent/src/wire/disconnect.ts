import type { ServerResponse } from 'node:http';
import type { ImpetusError } from '@impetus/contracts';

/** How long an answer has to say why it ends before it is cut off. */
const lastWordsMs = 500;

const controllers = new WeakMap<object, Set<AbortController>>();

/**
 * Aborts when the client goes away before its answer was written to the end, and when the answer is ended for
 * another reason, which is the signal's reason then.
 */
export function clientSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  controllers.set(response, (controllers.get(response) ?? new Set()).add(controller));
  response.once('close', () => {
    if (!wasSent(response)) controller.abort();
  });
  return controller.signal;
}

/** Ends an answer that is under way: its work hears the reason and may word it, then the connection is cut. */
export function endAnswer(response: ServerResponse, reason: ImpetusError): void {
  controllers.get(response)?.forEach((controller) => controller.abort(reason));
  setTimeout(() => {
    if (!wasSent(response)) cut(response);
  }, lastWordsMs);
}

interface Http2Stream {
  readonly rstCode: number | undefined;
  readonly aborted: boolean;
  close(code: number): void;
}

/** The stream of an answer over HTTP/2. */
const streamOf = (response: ServerResponse) => (response as { stream?: Http2Stream }).stream;

/** Whether an answer went out to its end. Over HTTP/2 it calls itself finished also where the client gave it up. */
function wasSent(response: ServerResponse): boolean {
  const stream = streamOf(response);
  if (stream === undefined) return response.writableFinished;
  return response.writableEnded && !stream.aborted && !stream.rstCode;
}

function cut(response: ServerResponse): void {
  // Over HTTP/2 the connection carries other answers too, and only this one's stream may go.
  const stream = streamOf(response);
  if (stream === undefined) response.destroy();
  else stream.close(http2Cancel);
}

const http2Cancel = 8;
