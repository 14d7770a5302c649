import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { DelayLine } from './delay-line.ts';
import type { Shape } from './link.ts';

export interface RelayOrder extends Shape {
  readonly ports: readonly { readonly device: number; readonly relay: number }[];
}

const bufferBytes = 4 * 1024 * 1024;

/** A process that hands packets from each of two devices to the other, as the link between them would. */
const [order] = (await once(process, 'message')) as [RelayOrder];
const sockets = await Promise.all(order.ports.map(open));
const [one, other] = sockets as [Socket, Socket];
carry(one, other);
carry(other, one);
process.send?.('ready');
process.on('disconnect', () => process.exit());

async function open({ device, relay }: RelayOrder['ports'][number]): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: bufferBytes, sendBufferSize: bufferBytes });
  // What is sent to a device that is not there yet is lost, as on a link.
  socket.on('error', () => {});
  socket.bind(relay, '127.0.0.1');
  await once(socket, 'listening');
  socket.connect(device, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

function carry(from: Socket, to: Socket): void {
  const line = new DelayLine<Buffer>(order);
  let timer: NodeJS.Timeout | null = null;
  const handOver = () => {
    for (const packet of line.due(performance.now())) to.send(packet);
    timer = line.length > 0 ? setTimeout(handOver, 1) : null;
  };
  from.on('message', (packet) => {
    line.add(packet, performance.now());
    timer ??= setTimeout(handOver, 1);
  });
}
