import { isLoopbackAddress } from './loopback.ts';
import type { Caller } from './types.ts';
import type { Via } from './via.ts';

/**
 * What browsers and proxies add: a page, or somebody behind a tunnel, is not a program on this computer. Not
 * `sec-fetch-mode`, which Node's fetch sends too.
 */
const foreignHeaders = [
  'origin',
  'referer',
  'cookie',
  'sec-fetch-site',
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'cf-connecting-ip',
];

/** Whether a request comes from a program on this computer itself, as far as that can be told. */
export function isLocalProgram({ headers, socket }: Caller, { listener }: Via): boolean {
  if (listener !== 'loopback' || !isLoopbackAddress(socket.remoteAddress)) return false;
  return foreignHeaders.every((name) => headers[name] === undefined);
}
