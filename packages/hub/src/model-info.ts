import { addressOf, ask, escapePath, notTheHub, readJson, type HubClient } from './client.ts';
import { expanded, repoInfoSchema, type RepoInfo } from './repo.ts';

/** One repo at a revision; `sha` is the commit that the revision means now. */
export async function modelInfo(
  client: HubClient,
  repo: string,
  revision = 'main',
  signal?: AbortSignal,
): Promise<RepoInfo> {
  const query = new URLSearchParams(expanded.map((name) => ['expand', name]));
  const path = `api/models/${escapePath(repo)}/revision/${encodeURIComponent(revision)}?${query.toString()}`;
  const result = repoInfoSchema.safeParse(
    await readJson(await ask(client, addressOf(client, path), { signal })),
  );
  if (!result.success) throw notTheHub(result.error);
  return result.data;
}
