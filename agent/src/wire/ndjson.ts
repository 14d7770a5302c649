import type { FastifyReply } from 'fastify';
import { sendStream } from './stream-reply.ts';

/** One object of a stream that has one on each line. */
export function jsonLine(data: object): string {
  return `${JSON.stringify(data)}\n`;
}

/** Sends objects, one a line, as they come; while nothing does, those of `filler`, which have to mean nothing. */
export function sendJsonLines(
  reply: FastifyReply,
  text: AsyncIterator<string>,
  filler: () => object,
): FastifyReply {
  return sendStream(reply, text, {
    contentType: 'application/x-ndjson',
    filler: () => jsonLine(filler()),
  });
}
