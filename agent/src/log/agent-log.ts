import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { ensurePrivateFolder } from '../platform/private-folder.ts';
import type { Log } from './types.ts';

const rotateAbove = 10 * 1024 * 1024;

/** What waits in memory while the disk takes nothing; what is beyond is dropped. */
const maxWaiting = 1024 * 1024;

export interface AgentLog extends Log, Disposable {}

export interface AgentLogOptions {
  readonly folder: string;
  readonly level: string;
  /** Takes warnings and errors as plain lines, for whoever watches the terminal. */
  readonly terminal: (line: string) => void;
}

function rotate(file: string, older: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > rotateAbove) renameSync(file, older);
}

function plainLine(json: string): string {
  const { msg, err } = JSON.parse(json) as { msg: string; err?: string | { message?: string } };
  const reason = typeof err === 'string' ? err : err?.message;
  return reason === undefined ? msg : `${msg} (${reason})`;
}

/** The agent's log: JSON lines in a file that only its owner can read. */
export function openAgentLog({ folder, level, terminal }: AgentLogOptions): AgentLog {
  ensurePrivateFolder(folder);
  const path = join(folder, 'agent.log');
  rotate(path, join(folder, 'agent.1.log'));
  // Synchronous, so that the last lines before a crash are there.
  const file = pino.destination({ dest: path, sync: true, mode: 0o600, maxLength: maxWaiting });
  // A disk that fills up while the agent runs costs log lines, not the agent.
  file.on('error', () => {});
  const streams = pino.multistream([
    { level: 'debug', stream: file },
    { level: 'warn', stream: { write: (json: string) => terminal(plainLine(json)) } },
  ]);
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ['*.authorization', '*.cookie', '*.key', '*.secret', '*.token'], censor: '[secret]' },
    },
    streams,
  );
  let open = true;
  const write = (name: keyof Log) => (fields: object, message: string) => {
    if (open) logger[name](fields, message);
  };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    [Symbol.dispose]() {
      open = false;
      file.end();
    },
  };
}
