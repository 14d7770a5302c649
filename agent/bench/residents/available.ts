import { readFile } from 'node:fs/promises';
import os from 'node:os';

/** What a new process could take, in bytes, as the system tells it. */
export async function systemAvailable(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kilobytes = /^MemAvailable:\s+(\d+) kB/mu.exec(text)?.[1];
  return kilobytes === undefined ? os.freemem() : Number(kilobytes) * 1_024;
}
