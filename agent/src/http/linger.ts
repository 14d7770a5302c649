import type { IncomingMessage } from 'node:http';
import type { FastifyReply } from 'fastify';

const lingerMs = 1_000;

/**
 * For a refusal that goes out while its request still comes: closing at once resets the connection, and the client
 * never reads why. What comes is thrown away for a moment, then the connection ends.
 */
export function linger(request: IncomingMessage, reply: FastifyReply): void {
  // Fastify would have it closed with the answer.
  void reply.removeHeader('connection');
  const end = setTimeout(() => request.destroy(), lingerMs).unref();
  request.once('close', () => clearTimeout(end));
}
