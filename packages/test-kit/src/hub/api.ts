import { notFound, refuse, refuseForNow, sendOn } from './access.ts';
import { memberToken, strangerToken, type Exchange, type HubState } from './state.ts';
import { commitOf, describeRepo, isLarge, tagsOf, type LocalRepo } from './repo.ts';

const sortKeys: Readonly<Record<string, (repo: LocalRepo) => number | string>> = {
  trendingScore: ({ likes = 0 }) => likes,
  likes: ({ likes = 0 }) => likes,
  downloads: ({ downloads = 0 }) => downloads,
  createdAt: ({ createdAt = '' }) => createdAt,
  lastModified: ({ updatedAt = '' }) => updatedAt,
};

/** `/api/models`, `/api/models/<repo>…` and `/api/whoami-v2`. */
export function answerApi(state: HubState, exchange: Exchange): void {
  const { response, url } = exchange;
  const struck = state.faults.strike(url.pathname, 'html', 'unavailable', 'rate-limited', 'unauthorized');
  if (struck?.kind === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to the network</html>');
  } else if (struck?.kind === 'rate-limited') {
    refuseForNow(exchange, 'api', struck.retryAfterSeconds);
  } else if (struck !== null) {
    response.writeHead(struck.kind === 'unavailable' ? 503 : 401).end();
  } else if (url.pathname === '/api/whoami-v2') whoami(exchange);
  else if (url.pathname === '/api/models') search(state, exchange);
  else model(state, exchange);
}

function whoami(exchange: Exchange): void {
  const { token } = exchange;
  if (token !== memberToken && token !== strangerToken) {
    json(exchange, 401, { error: 'Invalid username or password.' });
    return;
  }
  const name = token === memberToken ? 'member' : 'stranger';
  json(exchange, 200, {
    type: 'user',
    name,
    fullname: `The ${name}`,
    auth: { type: 'access_token', accessToken: { displayName: `${name}’s key`, role: 'read' } },
  });
}

function search(state: HubState, exchange: Exchange): void {
  const { url, token } = exchange;
  if (refuse(exchange, { id: '', files: {} }, false)) return;
  const query = url.searchParams;
  const words = (query.get('search') ?? '').toLowerCase().split(/\s+/u);
  const found = [...state.repos.values()].filter(
    (repo) =>
      (repo.private !== true || token === memberToken) &&
      words.every((word) => repo.id.toLowerCase().includes(word)) &&
      query.getAll('filter').every((tag) => tagsOf(repo).includes(tag)) &&
      (query.get('author') ?? repo.id.split('/')[0]) === repo.id.split('/')[0] &&
      (query.get('pipeline_tag') ?? repo.task ?? 'text-generation') === (repo.task ?? 'text-generation'),
  );
  const key = sortKeys[query.get('sort') ?? 'trendingScore'] ?? (() => 0);
  const sorted = found.toSorted((a, b) => (key(a) < key(b) ? 1 : key(a) > key(b) ? -1 : 0));
  const from = Number(Buffer.from(query.get('cursor') ?? '', 'base64url').toString() || '0');
  const limit = Number(query.get('limit') ?? '1000');
  page(
    state,
    exchange,
    sorted.slice(from, from + limit).map((repo) => describeRepo(repo, false)),
    {
      next: from + limit < sorted.length ? from + limit : null,
    },
  );
}

function model(state: HubState, exchange: Exchange): void {
  const path = decodeURIComponent(exchange.url.pathname);
  const [, id = '', kind, revision = 'main'] =
    /^\/api\/models\/([^/]+\/[^/]+)(?:\/(revision|tree)\/([^/]+))?/u.exec(path) ?? [];
  if (sendOn(state, exchange, id)) return;
  const repo = state.repos.get(id);
  if (refuse(exchange, repo, false) || repo === undefined) return;
  if (revision !== 'main' && revision !== commitOf(repo)) {
    notFound(exchange, 'RevisionNotFound');
  } else if (kind === 'tree') {
    tree(state, exchange, repo);
  } else {
    json(exchange, 200, describeRepo(repo, true));
  }
}

/** The real one has a thousand entries on a page; here a second page comes sooner. */
const treePage = 50;

function tree(state: HubState, exchange: Exchange, repo: LocalRepo): void {
  const entries = Object.entries(repo.files).map(([path, content]) => ({
    type: 'file',
    oid: content.size.toString(16).padStart(40, '0'),
    size: content.size,
    path,
    ...(isLarge(path) && {
      lfs: { oid: content.sha256(), size: content.size, pointerSize: 134 },
      xetHash: content.sha256(),
    }),
  }));
  const from = Number(
    Buffer.from(exchange.url.searchParams.get('cursor') ?? '', 'base64url').toString() || '0',
  );
  const next = from + treePage < entries.length ? from + treePage : null;
  page(state, exchange, entries.slice(from, from + treePage), { next });
}

function page(
  { url: endpoint }: HubState,
  exchange: Exchange,
  items: readonly unknown[],
  { next }: { readonly next: number | null },
): void {
  const url = new URL(exchange.url.pathname + exchange.url.search, endpoint);
  if (next !== null) {
    url.searchParams.set('cursor', Buffer.from(String(next)).toString('base64url'));
    exchange.response.setHeader('link', `<${url.href}>; rel="next"`);
  }
  json(exchange, 200, items);
}

function json({ response }: Exchange, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
