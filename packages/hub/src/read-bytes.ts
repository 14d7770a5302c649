import type { HubClient } from './client.ts';
import { redirectOf, send } from './client.ts';
import { HubError, refusalOf } from './errors.ts';

const mostRedirects = 5;

/** The bytes from `from` to before `to` of a resolved file. */
export async function readBytes(
  client: HubClient,
  address: string,
  range: { readonly from: number; readonly to: number },
  signal?: AbortSignal,
): Promise<Uint8Array> {
  let url = address;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const headers = { range: `bytes=${range.from}-${range.to - 1}`, 'accept-encoding': 'identity' };
    const response = await send(client, url, { headers, signal });
    const location = redirectOf(response, url);
    if (location !== null) {
      await response.body?.cancel();
      url = location;
      continue;
    }
    if (response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${range.from}-`))
      return readUpTo(response, range.to - range.from);
    if (response.status === 200 && range.from === 0) return readUpTo(response, range.to);
    await response.body?.cancel();
    if (response.ok)
      throw new HubError('bad-answer', 'The server sent another part of the file than was asked for.');
    throw refusalOf(response.status, response.headers);
  }
  throw new HubError('bad-answer', 'The Hub sends the request round in a circle.');
}

/** Stops reading where it has enough: a server without ranges sends the whole file. */
async function readUpTo(response: Response, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  try {
    for await (const chunk of response.body ?? []) {
      const part = chunk.subarray(0, length - filled);
      bytes.set(part, filled);
      filled += part.length;
      if (filled === length) break;
    }
  } catch (error) {
    throw new HubError('unreachable', 'The Hub broke off in the middle of a file.', { cause: error });
  }
  return bytes.subarray(0, filled);
}
