import { hubSearchInput, ImpetusError, type HubPage, type HubRepo, type HubSearch } from '@impetus/contracts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import { formatTable } from './format.ts';
import type { Terminal } from './terminal.ts';

export interface SearchOptions extends Common {
  readonly sort?: string;
  readonly author?: string;
  readonly licence?: string;
  readonly task?: string;
  readonly fits?: boolean;
  readonly anyFormat?: boolean;
  readonly limit?: string;
}

/** The most that the agent answers at once. */
const mostOnAPage = 50;

export async function search(terminal: Terminal, query: string, options: SearchOptions): Promise<void> {
  const { home, json, limit = '20', anyFormat = false, ...filters } = options;
  const most = Number(limit);
  if (!Number.isInteger(most) || most < 1)
    throw new ImpetusError('invalid_request', `“${limit}” is no number of repos. Write one from 1 on.`, {
      param: 'limit',
    });
  const input = hubSearchInput.parse({
    ...filters,
    query,
    gguf: !anyFormat,
    limit: Math.min(most, mostOnAPage),
  });
  const page = await askAgent(terminal, home, (agent) =>
    pagesUpTo(most, input, (one) => agent.hub.search.query(one)),
  );
  if (json) {
    terminal.out(JSON.stringify(page));
    return;
  }
  if (page.repos.length === 0) terminal.note('The Hub has nothing like that.');
  else
    terminal.out(
      formatTable([['REPO', 'PARAMETERS', 'DOWNLOADS', 'LIKES', 'LICENCE', ''], ...page.repos.map(toRow)]),
    );
}

/** One page after the other until there are so many. What `next` names comes after all that is answered. */
async function pagesUpTo(
  most: number,
  input: HubSearch,
  ask: (input: HubSearch) => Promise<HubPage>,
): Promise<HubPage> {
  const repos: HubRepo[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask({ ...input, cursor });
    repos.push(...page.repos);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && repos.length < most);
  return { repos, next: cursor ?? null };
}

function toRow(repo: HubRepo): string[] {
  return [
    repo.repo,
    repo.parameters === null ? '' : inShort(repo.parameters),
    inShort(repo.downloads),
    inShort(repo.likes),
    repo.licence ?? '',
    [repo.fits === false && 'too large', repo.gate !== 'none' && 'gated', repo.private && 'private']
      .filter(Boolean)
      .join(', '),
  ];
}

function inShort(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)}B`;
  if (count >= 1e6) return `${(count / 1e6).toFixed(1)}M`;
  return count >= 1e4 ? `${Math.round(count / 1e3)}k` : String(count);
}
