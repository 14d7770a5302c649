import { addressOf, ask, notTheHub, readJson, sameOrigin, type HubClient } from './client.ts';
import { HubError } from './errors.ts';
import { nextPage } from './link-header.ts';
import { expanded, repoInfoSchema, type RepoInfo } from './repo.ts';

export interface ModelSearch {
  readonly query?: string;
  readonly author?: string | undefined;
  readonly task?: string | undefined;
  /** Each has to be on a repo: `gguf`, `license:mit`. */
  readonly tags?: readonly string[];
  readonly sort: 'trendingScore' | 'downloads' | 'likes' | 'lastModified' | 'createdAt';
  readonly limit: number;
}

export interface ModelPage {
  readonly repos: readonly RepoInfo[];
  /** The Hub's address of the next page. */
  readonly next: string | null;
}

/** The first page of a search; `nextModels` fetches those after it. */
export function searchModels(
  client: HubClient,
  search: ModelSearch,
  signal?: AbortSignal,
): Promise<ModelPage> {
  const query = new URLSearchParams([
    ...(search.query ? [['search', search.query]] : []),
    ...(search.author ? [['author', search.author]] : []),
    ...(search.task ? [['pipeline_tag', search.task]] : []),
    ...(search.tags ?? []).map((tag) => ['filter', tag]),
    ['sort', search.sort],
    ['limit', String(search.limit)],
    ...expanded.map((name) => ['expand', name]),
  ]);
  return page(client, addressOf(client, `api/models?${query.toString()}`), signal);
}

/** A further page. Throws for an address that is not the Hub's list of models: it came back from a client. */
export function nextModels(client: HubClient, next: string, signal?: AbortSignal): Promise<ModelPage> {
  const list = URL.parse(addressOf(client, 'api/models'));
  const url = URL.parse(next);
  if (url === null || !sameOrigin(url.href, client.endpoint) || url.pathname !== list?.pathname)
    throw new HubError('not-found', 'This is no page of a search on the Hub.');
  return page(client, url.href, signal);
}

async function page(client: HubClient, url: string, signal: AbortSignal | undefined): Promise<ModelPage> {
  const response = await ask(client, url, { signal });
  const list = await readJson(response);
  if (!Array.isArray(list)) throw notTheHub();
  const repos = list.map((item) => repoInfoSchema.safeParse(item)).filter((result) => result.success);
  return { repos: repos.map(({ data }) => data), next: nextPage(response.headers.get('link'), url) };
}
