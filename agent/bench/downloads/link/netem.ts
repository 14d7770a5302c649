import type { Link, Shape } from './link.ts';
import { addSpaces, at, bringUp, client, ends, removeSpaces, run, runIn, server } from './spaces.ts';

/** A link that the kernel shapes. Throws where it has no netem. */
export async function netemLink({ megabitsPerSecond, roundTripMs }: Shape): Promise<Link> {
  const there = ['type', 'veth', 'peer', 'name', client.device, 'netns', client.space];
  const netem = [
    'netem',
    'delay',
    `${roundTripMs / 2}ms`,
    'rate',
    `${megabitsPerSecond}mbit`,
    'limit',
    '2000',
  ];
  try {
    addSpaces();
    run('ip', 'link', 'add', server.device, 'netns', server.space, ...there);
    for (const end of ends) {
      bringUp(end);
      runIn(end.space, 'tc', 'qdisc', 'add', 'dev', end.device, 'root', ...netem);
    }
  } catch (error) {
    removeSpaces();
    throw error;
  }
  return Promise.resolve({
    name: `${megabitsPerSecond} Mbit/s, ${roundTripMs} ms (netem)`,
    host: server.address,
    atServer: at(server),
    atClient: at(client),
    [Symbol.asyncDispose]: () => Promise.resolve(removeSpaces()),
  });
}
