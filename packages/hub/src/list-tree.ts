import { z } from 'zod';
import { addressOf, ask, escapePath, notTheHub, readJson, type HubClient } from './client.ts';
import { nextPage } from './link-header.ts';

const entrySchema = z.object({
  type: z.string(),
  path: z.string(),
  size: z.number().int().nonnegative(),
  lfs: z.object({ oid: z.string(), size: z.number().int().nonnegative() }).optional().catch(undefined),
});

export interface TreeFile {
  readonly path: string;
  readonly size: number;
  /** The SHA-256 of the content, in small letters; null for files that the Hub keeps in git itself. */
  readonly sha256: string | null;
}

/** A repo of more pages than this is none that a model is picked from. */
const mostPages = 20;

/** All files of a repo at a revision, in the Hub's order. */
export async function listTree(
  client: HubClient,
  repo: string,
  revision: string,
  signal?: AbortSignal,
): Promise<readonly TreeFile[]> {
  const path = `api/models/${escapePath(repo)}/tree/${encodeURIComponent(revision)}?recursive=true`;
  const files: TreeFile[] = [];
  let url: string | null = addressOf(client, path);
  for (let page = 0; url !== null && page < mostPages; page += 1) {
    const response = await ask(client, url, { signal });
    const list = z.array(entrySchema).safeParse(await readJson(response));
    if (!list.success) throw notTheHub(list.error);
    files.push(...list.data.filter(({ type }) => type === 'file').map(toFile));
    url = nextPage(response.headers.get('link'), url);
  }
  return files;
}

function toFile({ path, size, lfs }: z.infer<typeof entrySchema>): TreeFile {
  const sha256 = /^(?:sha256:)?([0-9a-f]{64})$/iu.exec(lfs?.oid ?? '')?.[1]?.toLowerCase() ?? null;
  return { path, size: lfs?.size ?? size, sha256 };
}
