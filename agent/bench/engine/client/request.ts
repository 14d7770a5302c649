import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Server } from '../servers/server.ts';
import { answerReader, type Timings } from './answer.ts';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What both servers are asked, word for word the same. */
export interface Question {
  /** A text to continue, or a conversation. */
  readonly prompt: string | readonly Message[];
  readonly maxTokens: number;
}

/** One streamed answer as its client saw it; times in milliseconds of `performance.now()`. */
export interface Answer {
  readonly sentAt: number;
  /** When each piece of text arrived. */
  readonly pieces: readonly number[];
  readonly text: string;
  /** Null where the client left before the end. */
  readonly timings: Timings | null;
}

/** An answer on its way. */
export interface Asked {
  readonly answer: Promise<Answer>;
  /** How many pieces have arrived. */
  count(): number;
  /** Closes the connection, as a client that goes away does. */
  leave(): void;
}

/** Asks for one streamed answer. Plain node:http, since the client shares the machine with what it measures. */
export function ask(server: Server, question: Question): Asked {
  const { path, body } = wire(server, question);
  const pieces: number[] = [];
  const reader = answerReader(() => pieces.push(performance.now()));
  let left = false;
  const sentAt = performance.now();
  const outgoing = httpRequest({
    host: '127.0.0.1',
    port: server.port,
    path,
    method: 'POST',
    // A connection of its own: a server may be closing one that was idle at the moment it is used again.
    agent: false,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(server.key !== null && { authorization: `Bearer ${server.key}` }),
    },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const finish = () => resolve({ sentAt, pieces, text: reader.text(), timings: reader.timings() });
  outgoing.on('error', (error) => (left ? finish() : reject(error)));
  outgoing.on('response', (response: IncomingMessage) => {
    response.setEncoding('utf8');
    response.on('data', (text: string) => reader.push(text));
    response.on('error', (error) => (left ? finish() : reject(error)));
    response.on('end', () => {
      if (response.statusCode === 200 && reader.timings() !== null) finish();
      else reject(new Error(`${server.name} answered ${response.statusCode}: ${reader.raw()}`));
    });
  });
  outgoing.end(body);
  return {
    answer: promise,
    count: () => pieces.length,
    leave() {
      left = true;
      outgoing.destroy();
      finish();
    },
  };
}

/** The best token at each place, and on past the end of the text: both servers then write equally much. */
function wire(server: Server, { prompt, maxTokens }: Question): { path: string; body: string } {
  const settings = {
    model: server.model,
    max_tokens: maxTokens,
    temperature: 0,
    ignore_eos: true,
    stream: true,
    stream_options: { include_usage: true },
  };
  return typeof prompt === 'string'
    ? { path: '/v1/completions', body: JSON.stringify({ ...settings, prompt }) }
    : { path: '/v1/chat/completions', body: JSON.stringify({ ...settings, messages: prompt }) };
}
