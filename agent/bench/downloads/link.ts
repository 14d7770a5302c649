import { execFileSync } from 'node:child_process';

/** Where the two ends of a link are, and how a program is started at each. */
export interface Link extends Disposable {
  readonly name: string;
  /** The address at which the server listens. */
  readonly host: string;
  readonly atServer: readonly string[];
  readonly atClient: readonly string[];
}

export function loopback(): Link {
  return { name: 'loopback', host: '127.0.0.1', atServer: [], atClient: [], [Symbol.dispose]: () => {} };
}

const server = { space: `impetus-bench-s-${process.pid}`, device: 'ib-s', address: '10.213.7.1' };
const client = { space: `impetus-bench-c-${process.pid}`, device: 'ib-c', address: '10.213.7.2' };

/** Two network namespaces with a link of 200 Mbit/s and 50 ms there and back; a reason where that cannot be. */
export function shapedLink(): Link | string {
  if (process.getuid?.() !== 0) return 'needs root, for network namespaces';
  const cleanUp = () => [server, client].forEach(({ space }) => attempt('ip', 'netns', 'del', space));
  try {
    for (const { space } of [server, client]) run('ip', 'netns', 'add', space);
    run(
      'ip',
      'link',
      'add',
      server.device,
      'netns',
      server.space,
      'type',
      'veth',
      'peer',
      'name',
      client.device,
      'netns',
      client.space,
    );
    for (const { space, device, address } of [server, client]) {
      const inside = ['ip', 'netns', 'exec', space] as const;
      run(...inside, 'ip', 'addr', 'add', `${address}/24`, 'dev', device);
      run(...inside, 'ip', 'link', 'set', device, 'up');
      run(...inside, 'ip', 'link', 'set', 'lo', 'up');
      run(
        ...inside,
        'tc',
        'qdisc',
        'add',
        'dev',
        device,
        'root',
        'netem',
        'delay',
        '25ms',
        'rate',
        '200mbit',
        'limit',
        '2000',
      );
    }
  } catch (error) {
    cleanUp();
    return `cannot be made here: ${(error as Error).message.split('\n')[0]}`;
  }
  return {
    name: '200 Mbit/s, 50 ms',
    host: server.address,
    atServer: ['ip', 'netns', 'exec', server.space],
    atClient: ['ip', 'netns', 'exec', client.space],
    [Symbol.dispose]: cleanUp,
  };
}

function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function attempt(command: string, ...args: readonly string[]): void {
  try {
    run(command, ...args);
  } catch {
    // It was not there.
  }
}
