import { addressOf, ask, escapePath, readText, type HubClient } from './client.ts';
import { HubError } from './errors.ts';

/** Cards longer than this are cut: nobody reads further. */
const mostBytes = 1024 * 1024;

/** The text of a repo's README, without the metadata at its head; empty where it has none. */
export async function readCard(
  client: HubClient,
  repo: string,
  revision: string,
  signal?: AbortSignal,
): Promise<string> {
  const path = `${escapePath(repo)}/resolve/${encodeURIComponent(revision)}/README.md`;
  try {
    const response = await ask(client, addressOf(client, path), { signal });
    return withoutMetadata(await readText(response, mostBytes));
  } catch (error) {
    if (error instanceof HubError && error.kind === 'not-found') return '';
    throw error;
  }
}

export function withoutMetadata(text: string): string {
  return text.replace(/^\uFEFF?---\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/u, '').trimStart();
}
