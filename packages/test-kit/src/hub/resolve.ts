import { notFound, refuse, refuseForNow, sendOn } from './access.ts';
import { wholeOf } from './content.ts';
import { signedAddress, type Exchange, type HubState } from './state.ts';
import { commitOf, isLarge } from './repo.ts';

/** `/<owner>/<name>/resolve/<revision>/<path>`: large files are sent on to the other origin, text comes at once. */
export function answerResolve(state: HubState, exchange: Exchange): void {
  const { response, url } = exchange;
  const path = decodeURIComponent(url.pathname);
  const [, id = '', revision = '', file = ''] =
    /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/u.exec(path) ?? [];
  const struck = state.faults.strike(
    path,
    'redirect-loop',
    'unauthorized',
    'rate-limited',
    'unavailable',
    'html',
  );
  if (struck?.kind === 'redirect-loop') {
    response.writeHead(307, { location: `${url.pathname}?again` }).end();
    return;
  }
  if (struck?.kind === 'rate-limited') {
    refuseForNow(exchange, 'resolvers', struck.retryAfterSeconds);
    return;
  }
  if (struck?.kind === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to the network</html>');
    return;
  }
  if (struck !== null) {
    response.writeHead(struck.kind === 'unavailable' ? 503 : 401).end();
    return;
  }
  if (sendOn(state, exchange, id)) return;
  const repo = state.repos.get(id);
  if (refuse(exchange, repo, true) || repo === undefined) return;
  const content = repo.files[file];
  if (revision !== 'main' && revision !== commitOf(repo)) {
    notFound(exchange, 'RevisionNotFound');
    return;
  }
  if (content === undefined) {
    notFound(exchange, 'EntryNotFound');
    return;
  }
  const headers = { 'x-repo-commit': commitOf(repo), 'accept-ranges': 'bytes' };
  if (!isLarge(file)) {
    const body = wholeOf(content);
    response.writeHead(200, {
      ...headers,
      etag: `"${content.size.toString(16).padStart(40, '0')}"`,
      'content-type': 'text/plain; charset=utf-8',
      'content-length': body.length,
    });
    response.end(exchange.request.method === 'HEAD' ? undefined : body);
    return;
  }
  const changed = state.faults.strike(path, 'changed') !== null;
  const sha256 = changed ? content.sha256().split('').toReversed().join('') : content.sha256();
  response
    .writeHead(302, {
      ...headers,
      'x-linked-size': content.size,
      'x-linked-etag': `"${sha256}"`,
      'x-xet-hash': sha256,
      location: signedAddress(state, `/${id}/${sha256}/${encodeURIComponent(file)}`),
    })
    .end();
}
