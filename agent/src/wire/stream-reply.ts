import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { withKeepAlive } from './keep-alive.ts';

/** Clients cut streams that are silent for long; half of what the most impatient one bears. */
const keepAliveMs = 5_000;

/** A comment of server-sent events: some clients read nothing but lines of data, and pass over it. */
export const waitingComment = ': waiting\n\n';

/** One server-sent event; several of them may be one write. */
export function serverSentEvent(data: object, name?: string): string {
  const line = `data: ${JSON.stringify(data)}\n\n`;
  return name === undefined ? line : `event: ${name}\n${line}`;
}

/** Sends server-sent events as they come, with comments while nothing does. */
export function sendEventStream(reply: FastifyReply, text: AsyncIterator<string>): FastifyReply {
  return sendStream(reply, text, {
    contentType: 'text/event-stream; charset=utf-8',
    filler: () => waitingComment,
  });
}

export interface StreamForm {
  readonly contentType: string;
  /** What says nothing to the client and keeps the connection open. */
  readonly filler: () => string;
}

/** Sends text as it comes. A client that leaves ends the generator behind it. */
export function sendStream(
  reply: FastifyReply,
  text: AsyncIterator<string>,
  { contentType, filler }: StreamForm,
): FastifyReply {
  return reply
    .header('content-type', contentType)
    .header('cache-control', 'no-cache')
    .header('x-accel-buffering', 'no')
    .send(Readable.from(withKeepAlive(text, filler, keepAliveMs)));
}
