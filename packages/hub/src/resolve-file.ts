import { addressOf, escapePath, redirectOf, sameOrigin, send, type HubClient } from './client.ts';
import { HubError, refusalOf } from './errors.ts';

export interface ResolvedFile {
  /** Where its bytes are; signed and short-lived where the Hub sends on to another origin. */
  readonly url: string;
  /** The commit that it is from; null where the server does not say. */
  readonly commit: string | null;
  /** The content's own mark: the SHA-256 of a large file. Null where the server does not say. */
  readonly etag: string | null;
  readonly size: number | null;
}

const mostRedirects = 5;

/** Asks where a file's bytes are, without fetching any. */
export async function resolveFile(
  client: HubClient,
  file: { readonly repo: string; readonly revision: string; readonly path: string },
  signal?: AbortSignal,
): Promise<ResolvedFile> {
  let url = addressOf(
    client,
    `${escapePath(file.repo)}/resolve/${encodeURIComponent(file.revision)}/${escapePath(file.path)}`,
  );
  let known: Omit<ResolvedFile, 'url'> = { commit: null, etag: null, size: null };
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await send(client, url, {
      method: 'HEAD',
      headers: { 'accept-encoding': 'identity' },
      signal,
    });
    known = merge(known, response);
    const location = redirectOf(response, url);
    if (location === null && !response.ok) throw refusalOf(response.status, response.headers);
    if (location === null) return { url, ...known };
    // Another origin is asked for the bytes alone: its address may be signed for one kind of request.
    if (!sameOrigin(location, client.endpoint)) return { url: location, ...known };
    url = location;
  }
  throw new HubError('bad-answer', 'The Hub sends the request round in a circle.');
}

function merge(known: Omit<ResolvedFile, 'url'>, { headers, ok }: Response): Omit<ResolvedFile, 'url'> {
  const etag = headers.get('x-linked-etag') ?? (ok ? headers.get('etag') : null);
  const size = headers.get('x-linked-size') ?? (ok ? headers.get('content-length') : null);
  return {
    commit: known.commit ?? headers.get('x-repo-commit'),
    etag: known.etag ?? (etag === null ? null : plainEtag(etag)),
    size: known.size ?? (size !== null && /^\d+$/u.test(size) ? Number(size) : null),
  };
}

/** Without quotes and the mark of a weak one. */
export function plainEtag(etag: string): string {
  return etag.replace(/^W\//u, '').replace(/^"(.*)"$/u, '$1');
}
