import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import os from 'node:os';
import { encodeQuestion, readAddresses } from './message.ts';

const group = '224.0.0.251';
const port = 5353;
const patienceMs = 1500;
const askAgainMs = 400;

const ownAddresses = () =>
  Object.values(os.networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);

function ask(socket: Socket, question: Buffer, address: string): void {
  try {
    socket.setMulticastInterface(address);
    socket.send(question, port, group, () => {});
  } catch {
    // An interface that takes no multicast; the others are asked.
  }
}

/**
 * Asks the network for the addresses of a name, over multicast as other devices do. Empty where nobody answers in
 * time: with a name of our own that means that multicast does not pass.
 */
export async function askForAddresses(name: string): Promise<string[]> {
  const id = randomInt(1, 0xffff);
  const question = encodeQuestion(id, name);
  const socket = createSocket({ type: 'udp4' });
  const done = Promise.withResolvers<string[]>();
  socket.on('error', () => done.resolve([]));
  socket.on('message', (message) => {
    const answers = readAddresses(message).filter(
      (answer) => answer.id === id && answer.name === name.toLowerCase(),
    );
    if (answers.length > 0) done.resolve(answers.map(({ address }) => address));
  });
  socket.bind();
  await Promise.race([once(socket, 'listening').catch(() => {}), done.promise]);
  const askAll = () => {
    for (const address of ownAddresses()) ask(socket, question, address);
  };
  askAll();
  const again = setInterval(askAll, askAgainMs);
  const late = setTimeout(() => done.resolve([]), patienceMs);
  try {
    return await done.promise;
  } finally {
    clearInterval(again);
    clearTimeout(late);
    socket.close();
  }
}
