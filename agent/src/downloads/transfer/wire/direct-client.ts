import type { Answer, Body, Question } from './body.ts';
import { DirectSocket } from './direct-socket.ts';
import { bodyLength, endOfHead, parseHead, type ResponseHead } from './response-head.ts';

class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const longestHead = 64 * 1024;
const idleMs = 15_000;

/** Asks over HTTP/1.1 as a download needs it: bodies of a known length, and connections that are used again. */
export class DirectClient implements Disposable {
  readonly #resting = new Map<string, DirectSocket[]>();

  /** Null where the answer is not of this plain kind. Rejects where there is none. */
  async ask(question: Question): Promise<Answer | null> {
    for (;;) {
      const kept = this.#kept(question.url.origin);
      const socket = kept ?? new DirectSocket(question.url);
      try {
        return await this.#askOver(socket, question);
      } catch (error) {
        socket.destroy();
        // The server had closed it meanwhile; with a new one it is not known yet whether it answers.
        const isStale = kept !== null && !socket.received && !(error instanceof NoAnswer);
        if (!isStale || question.signal.aborted) throw error;
      }
    }
  }

  [Symbol.dispose](): void {
    for (const sockets of this.#resting.values()) for (const socket of sockets) socket.destroy();
    this.#resting.clear();
  }

  #kept(origin: string): DirectSocket | null {
    const sockets = this.#resting.get(origin) ?? [];
    for (let socket = sockets.pop(); socket !== undefined; socket = sockets.pop()) {
      if (socket.isOver) continue;
      socket.wake();
      return socket;
    }
    return null;
  }

  async #askOver(socket: DirectSocket, question: Question): Promise<Answer | null> {
    const { signal, url } = question;
    const abort = () => socket.destroy();
    const late = setTimeout(() => socket.destroy(new NoAnswer()), question.answerMs);
    signal.addEventListener('abort', abort, { once: true });
    try {
      signal.throwIfAborted();
      socket.write(requestOf(question));
      const head = await readHead(socket);
      const length = head === null ? null : bodyLength(head);
      if (head === null || length === null) {
        socket.destroy();
        return null;
      }
      const mayStay = !/\bclose\b/iu.test(head.headers.get('connection') ?? '');
      const letGo = () => (mayStay ? this.#rest(url.origin, socket) : socket.destroy());
      return {
        status: head.status,
        header: (name) => head.headers.get(name) ?? null,
        body: bodyOf(socket, length, letGo),
      };
    } finally {
      clearTimeout(late);
      signal.removeEventListener('abort', abort);
    }
  }

  #rest(origin: string, socket: DirectSocket): void {
    socket.rest(idleMs);
    const sockets = this.#resting.get(origin) ?? [];
    this.#resting.set(origin, [...sockets.filter(({ isOver }) => !isOver), socket]);
  }
}

function requestOf({ url, headers }: Question): string {
  const lines = Object.entries({ host: url.host, ...headers }).map(([name, value]) => {
    if (/[\r\n\0]/u.test(value)) throw new Error(`The value of ${name} cannot be sent.`);
    return `${name}: ${value}\r\n`;
  });
  return `GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** Past answers that only announce one. Null where it is not HTTP/1.1. */
async function readHead(socket: DirectSocket): Promise<ResponseHead | null> {
  for (;;) {
    let bytes = Buffer.alloc(0);
    let end = -1;
    await socket.read((more) => {
      bytes = Buffer.concat([bytes, more]);
      end = endOfHead(bytes);
      return end >= 0 || bytes.length > longestHead;
    });
    const head = end < 0 ? null : parseHead(bytes.subarray(0, end));
    socket.putBack(bytes.subarray(Math.max(end, 0)));
    if (head === null || head.status >= 200) return head;
  }
}

function bodyOf(socket: DirectSocket, length: number, letGo: () => void): Body {
  let left = length;
  let tooMany = false;
  return {
    async each(take) {
      if (left > 0)
        await socket.read((bytes) => {
          const chunk = bytes.subarray(0, left);
          left -= chunk.length;
          tooMany ||= bytes.length > chunk.length;
          const wait = take(chunk);
          return wait === null ? left === 0 : wait.then(() => left === 0);
        });
      if (tooMany) socket.destroy();
      else letGo();
    },
    destroy: (reason) => socket.destroy(reason),
  };
}
