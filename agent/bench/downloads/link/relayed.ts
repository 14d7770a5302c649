import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { waitFor } from '@impetus/test-kit';
import type { Link, Shape } from './link.ts';
import type { RelayOrder } from './relay.ts';
import {
  addSpaces,
  at,
  attempt,
  bringUp,
  client,
  ends,
  removeSpaces,
  run,
  server,
  type End,
} from './spaces.ts';

/** Jumbo frames: with 1,500 bytes the relay alone would fill both cores at 200 Mbit/s. */
const mtu = 9000;
const bufferBytes = 4 * 1024 * 1024;

/** The ports on loopback between which the packets of an end travel. */
interface Ports {
  readonly device: number;
  readonly relay: number;
}

/**
 * A link of two TUN devices whose packets a process of ours hands over, late and no faster than the shape. TCP at both
 * ends is the kernel's own. Throws where socat is missing, which opens the devices.
 */
export async function relayedLink(shape: Shape): Promise<Link> {
  run('socat', '-V');
  const processes: ChildProcess[] = [];
  const close = async () => {
    for (const child of processes) {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    removeSpaces();
  };
  try {
    const ports = ends.map((_, index) => ({ device: 47_101 + index * 2, relay: 47_102 + index * 2 }));
    const relay = spawn(process.execPath, [fileURLToPath(new URL('relay.ts', import.meta.url))], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    processes.push(relay);
    relay.send({ ...shape, ports } satisfies RelayOrder);
    await once(relay, 'message');
    addSpaces();
    for (const [index, end] of ends.entries()) {
      processes.push(openDevice(end, ports[index] as Ports));
      await waitFor(`the device ${end.device}`, () => isThere(end));
      run('ip', 'link', 'set', end.device, 'netns', end.space);
      bringUp(end, 'mtu', String(mtu), 'txqueuelen', '2000');
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    name: `${shape.megabitsPerSecond} Mbit/s, ${shape.roundTripMs} ms (relayed)`,
    host: server.address,
    atServer: at(server),
    atClient: at(client),
    [Symbol.asyncDispose]: close,
  };
}

/** The program goes on reading the device when that has moved into its namespace. */
function openDevice({ device }: End, ports: Ports): ChildProcess {
  attempt('ip', 'link', 'del', device);
  const buffers = `rcvbuf=${bufferBytes},sndbuf=${bufferBytes}`;
  const tunnel = `TUN,tun-name=${device},iff-no-pi,tun-type=tun`;
  const toRelay = `UDP4:127.0.0.1:${ports.relay},bind=127.0.0.1:${ports.device},${buffers}`;
  return spawn('socat', ['-b', '65536', tunnel, toRelay], { stdio: 'ignore' });
}

function isThere({ device }: End): boolean {
  try {
    run('ip', 'link', 'show', device);
    return true;
  } catch {
    return false;
  }
}
