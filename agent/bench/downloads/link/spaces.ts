import { execFileSync } from 'node:child_process';

/** One end of a link: a network namespace, and the device in it. */
export interface End {
  readonly space: string;
  readonly device: string;
  readonly address: string;
}

/** The two ends, named after this process so that two benches do not meet. */
export const server: End = { space: `impetus-s-${process.pid}`, device: 'ib-s', address: '10.213.7.1' };
export const client: End = { space: `impetus-c-${process.pid}`, device: 'ib-c', address: '10.213.7.2' };
export const ends: readonly End[] = [server, client];

export function addSpaces(): void {
  for (const { space } of ends) run('ip', 'netns', 'add', space);
}

/** With whatever devices are in them. */
export function removeSpaces(): void {
  for (const { space } of ends) attempt('ip', 'netns', 'del', space);
}

/** Gives the device of an end, which is in its namespace by now, its address. */
export function bringUp({ space, device, address }: End, ...options: readonly string[]): void {
  runIn(space, 'ip', 'addr', 'add', `${address}/24`, 'dev', device);
  runIn(space, 'ip', 'link', 'set', device, ...options, 'up');
  runIn(space, 'ip', 'link', 'set', 'lo', 'up');
}

/** How a program is started at an end. */
export function at({ space }: End): readonly string[] {
  return ['ip', 'netns', 'exec', space];
}

/** Throws with what the command said. */
export function run(command: string, ...args: readonly string[]): void {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    const said = String((error as { readonly stderr?: Buffer }).stderr ?? '').trim();
    const message = said === '' ? (error as Error).message : said;
    throw new Error(`${command} ${args.slice(0, 3).join(' ')}: ${message}`, { cause: error });
  }
}

export function runIn(space: string, ...command: readonly string[]): void {
  run('ip', 'netns', 'exec', space, ...command);
}

export function attempt(command: string, ...args: readonly string[]): void {
  try {
    run(command, ...args);
  } catch {
    // It was not there.
  }
}
