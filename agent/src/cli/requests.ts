import { listRequestsInput, type RequestRecord } from '@impetus/contracts';
import { parseBody } from '../wire/validation.ts';
import { askAgent } from './agent-client.ts';
import type { Common } from './commands/command.ts';
import { formatTable } from './format.ts';
import type { Terminal } from './terminal.ts';

const headings = ['STARTED', 'WHO', 'MODEL', 'ENDPOINT', 'STATE', 'PROMPT', 'CACHED', 'ANSWER', 'SECONDS'];

/** Prints the last requests, newest first. */
export async function listRequests(
  terminal: Terminal,
  { home, json, limit }: Common & { readonly limit?: string },
): Promise<void> {
  const input = parseBody(listRequestsInput, limit === undefined ? {} : { limit: toNumber(limit) });
  const page = await askAgent(terminal, home, (agent) => agent.requests.list.query(input));
  if (json) terminal.out(JSON.stringify(page));
  else if (page.records.length === 0) terminal.out('No request was made yet.');
  else terminal.out(formatTable([headings, ...page.records.map(toRow)]));
}

/** What is no number stays what it is, for the refusal to name. */
function toNumber(text: string): number | string {
  return Number.isNaN(Number(text)) ? text : Number(text);
}

function toRow(record: RequestRecord): string[] {
  return [
    record.startedAt,
    record.requesterName,
    record.modelId,
    record.endpoint,
    record.error?.code ?? record.state,
    formatCount(record.promptTokens),
    formatCount(record.cachedTokens),
    formatCount(record.completionTokens),
    formatDuration(record),
  ];
}

function formatCount(tokens: number | null): string {
  return tokens === null ? '' : String(tokens);
}

function formatDuration({ startedAt, endedAt }: RequestRecord): string {
  return endedAt === null ? '' : ((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000).toFixed(1);
}
