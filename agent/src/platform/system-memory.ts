import { execFile } from 'node:child_process';
import os from 'node:os';
import { promisify } from 'node:util';

export interface SystemMemory {
  readonly totalBytes: number;
  readonly availableBytes: number;
}

/**
 * What a new process could take, from the text of macOS's `vm_stat`: free, speculative and inactive pages.
 * The free pages alone are always few there, because the system keeps files in memory until it is needed.
 */
export function availableFromVmStat(text: string): number | null {
  const pageSize = Number(/page size of (\d+) bytes/.exec(text)?.[1]);
  const pages = ['free', 'speculative', 'inactive'].map((name) =>
    Number(new RegExp(`^Pages ${name}:\\s+(\\d+)\\.`, 'm').exec(text)?.[1]),
  );
  const available = pages.reduce((sum, count) => sum + count, 0) * pageSize;
  return Number.isFinite(available) ? available : null;
}

/** The computer's memory without asking another program: on a Mac the available part is then told too low. */
export function systemMemoryNow(): SystemMemory {
  return { totalBytes: os.totalmem(), availableBytes: os.freemem() };
}

/** The computer's memory now. Elsewhere than on macOS, Node already tells the available part and not the free one. */
export async function systemMemory(): Promise<SystemMemory> {
  const now = systemMemoryNow();
  if (os.platform() !== 'darwin') return now;
  const { stdout } = await promisify(execFile)('/usr/bin/vm_stat').catch(() => ({ stdout: '' }));
  return { ...now, availableBytes: availableFromVmStat(stdout) ?? now.availableBytes };
}
