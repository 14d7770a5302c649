import { hubSearchInput, type HubRepo } from '@impetus/contracts';
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
  readonly limit?: string;
}

export async function search(terminal: Terminal, query: string, options: SearchOptions): Promise<void> {
  const { home, json, limit, ...filters } = options;
  const input = hubSearchInput.parse({
    ...filters,
    query,
    ...(limit !== undefined && { limit: Number(limit) }),
  });
  const page = await askAgent(terminal, home, (agent) => agent.hub.search.query(input));
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
