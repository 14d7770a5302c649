import { stripVTControlCharacters } from 'node:util';
import type { RequestRecord } from '@impetus/contracts';
import { printColumns } from '../engine/columns.ts';
import type { SeenRequest } from './recorder.ts';
import type { Turn } from './turn.ts';

/** What came of one program. */
export interface Report {
  readonly name: string;
  readonly version: string;
  readonly turn: Turn;
  readonly requests: readonly SeenRequest[];
  /** As the agent kept them, in the order in which they came. */
  readonly records: readonly RequestRecord[];
  /** Whether its tool brought back what it was called for; null where no tool was called. */
  readonly brought: boolean | null;
}

const head = [
  'tool',
  'version',
  'exit',
  's',
  'request',
  'HTTP',
  'kB',
  'tools',
  'stream',
  'status',
  'read',
  'written',
  'end',
];
const numbers: ReadonlySet<number> = new Set([2, 3, 6, 7, 10, 11]);
const shown = 160;

/** A line for each request, and beneath them what each program said at its end. */
export function printReport(reports: readonly Report[]): void {
  printColumns([head, ...reports.flatMap(lines)], numbers);
  for (const { name, turn, brought } of reports) {
    const words = lastWords(turn.stdout) || lastWords(turn.stderr) || 'nothing';
    const call = brought === null ? '' : `its tool brought the note ${brought ? 'back' : 'NOT back'}. `;
    process.stdout.write(`\n${name}: ${call}${words}\n`);
  }
}

function lines({ name, version, turn, requests, records }: Report): string[][] {
  const first = [name, version, String(turn.code ?? 'late'), (turn.ms / 1_000).toFixed(1)];
  if (requests.length === 0) return [[...first, 'none']];
  let next = 0;
  return requests.map((request, index) => {
    // Only what came as far as the queue has a record.
    const record = request.status === 200 && request.streamed ? records[next++] : undefined;
    return [...(index === 0 ? first : ['', '', '', '']), ...requestCells(request), ...recordCells(record)];
  });
}

function requestCells({ method, path, http, bytes, tools, streamed, status }: SeenRequest): string[] {
  const size = (bytes / 1_000).toFixed(1);
  return [`${method} ${path}`, http, size, String(tools), streamed ? 'yes' : 'no', String(status)];
}

function recordCells(record: RequestRecord | undefined): string[] {
  if (record === undefined) return ['', '', ''];
  const { promptTokens, completionTokens, finishReason, state } = record;
  return [String(promptTokens ?? ''), String(completionTokens), finishReason ?? state];
}

function lastWords(text: string): string {
  const words = stripVTControlCharacters(text).replaceAll(/\s+/gu, ' ').trim();
  return words.length > shown ? `…${words.slice(-shown)}` : words;
}
