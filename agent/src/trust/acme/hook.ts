import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DnsRecord } from '@impetus/contracts';
import type { DnsRecords } from './order.ts';

const run = promisify(execFile);
/** Long enough for a record to be seen all over the world. */
const patienceMs = 10 * 60_000;

async function call(command: string, action: 'add' | 'remove', { name, value }: DnsRecord): Promise<void> {
  try {
    // No shell: name and value are arguments, whatever is in them.
    await run(command, [action, name, value], { timeout: patienceMs, maxBuffer: 64 * 1024 });
  } catch (error) {
    const { stderr = '', code } = error as { stderr?: string; code?: number | string };
    const said = stderr.trim().split('\n').at(-1);
    throw new Error(
      `The DNS command ${command} ended with ${code ?? 'a signal'}${said ? `: ${said}` : ''}.`,
      {
        cause: error,
      },
    );
  }
}

/** Records that a command of the owner's makes. */
export function recordsByCommand(command: string): DnsRecords {
  return {
    add: (record) => call(command, 'add', record),
    remove: (record) => call(command, 'remove', record),
  };
}
