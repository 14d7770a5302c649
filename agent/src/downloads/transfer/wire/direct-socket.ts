import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Answers true when it has what it wants. A promise makes what comes next wait. */
export type Take = (bytes: Buffer) => boolean | Promise<boolean>;

interface Reader {
  readonly take: Take;
  readonly done: PromiseWithResolvers<void>;
}

const receiveBytes = 256 * 1024;

/**
 * A connection that is read into one buffer which stays: streams make a new one for every 64 KiB, and a file of
 * gigabytes leaves as many of garbage.
 */
export class DirectSocket {
  readonly #socket: Socket;
  #reader: Reader | null = null;
  #waiting = false;
  /** What came while nobody could take it: TLS hands on what it has deciphered, paused or not. */
  readonly #backlog: Buffer[] = [];
  #over: Error | null = null;
  #received = false;
  #resting = false;

  constructor(url: URL) {
    const buffer = Buffer.allocUnsafeSlow(receiveBytes);
    const onread = {
      buffer,
      callback: (count: number) => this.#receive(buffer.subarray(0, count)),
    };
    const host = url.hostname.replace(/^\[(.*)\]$/u, '$1');
    if (url.protocol === 'https:') {
      // Of an address the certificate is checked too, but it is not sent as a name.
      const name = isIP(host) === 0 ? { servername: host } : {};
      const options = { host, port: Number(url.port || 443), ALPNProtocols: ['http/1.1'], ...name, onread };
      this.#socket = connectTls(options);
    } else {
      this.#socket = connectPlain({ host, port: Number(url.port || 80), onread });
    }
    this.#socket.on('timeout', () => this.destroy(new Error('The connection was idle.')));
    this.#socket.on('error', (error) => this.#end(error));
    this.#socket.on('end', () => this.#end(new Error('The connection was closed.')));
    this.#socket.on('close', () => this.#end(new Error('The connection was closed.')));
  }

  get isOver(): boolean {
    return this.#over !== null;
  }

  /** Whether anything came since the last request. */
  get received(): boolean {
    return this.#received;
  }

  write(text: string): void {
    this.#received = false;
    this.#socket.write(text, 'latin1');
  }

  /** Gives to `take` what comes, each time valid during the call alone, until it has what it wants. */
  read(take: Take): Promise<void> {
    const reader = { take, done: Promise.withResolvers<void>() };
    this.#reader = reader;
    this.#goOn();
    return reader.done.promise;
  }

  /** The next read begins with these. */
  putBack(bytes: Buffer): void {
    if (bytes.length > 0) this.#backlog.unshift(Buffer.from(bytes));
  }

  /** Between two requests nothing is to come; what does, or a silence of so long, ends the connection. */
  rest(idleMs: number): void {
    if (this.#backlog.length > 0) this.destroy();
    this.#resting = true;
    this.#socket.setTimeout(idleMs);
    this.#socket.unref();
  }

  wake(): void {
    this.#resting = false;
    this.#socket.setTimeout(0);
    this.#socket.ref();
  }

  destroy(reason = new Error('The connection is not wanted any more.')): void {
    this.#backlog.length = 0;
    this.#end(reason);
    this.#socket.destroy();
  }

  /** Called by the socket; false pauses it. */
  #receive(bytes: Buffer): boolean {
    this.#received = true;
    if (this.#resting) this.destroy();
    if (this.#reader === null || this.#waiting) {
      this.#backlog.push(Buffer.from(bytes));
      return false;
    }
    this.#offer(this.#reader, bytes);
    return !this.#waiting;
  }

  #offer(reader: Reader, bytes: Buffer): void {
    try {
      const answer = reader.take(bytes);
      if (answer === true) this.#finish(reader);
      if (typeof answer === 'boolean') return;
      this.#waiting = true;
      answer.then(
        (isDone) => {
          this.#waiting = false;
          if (isDone) this.#finish(reader);
          this.#goOn();
        },
        (error: unknown) => {
          this.#waiting = false;
          this.#finish(reader, error);
        },
      );
    } catch (error) {
      this.#finish(reader, error);
    }
  }

  /** Gives what waits, and lets more come. */
  #goOn(): void {
    while (this.#reader !== null && !this.#waiting) {
      const bytes = this.#backlog.shift();
      if (bytes === undefined) break;
      this.#offer(this.#reader, bytes);
    }
    if (this.#waiting) return;
    if (this.#over === null) this.#socket.resume();
    else if (this.#reader !== null) this.#finish(this.#reader, this.#over);
  }

  #finish(reader: Reader, error?: unknown): void {
    if (this.#reader === reader) this.#reader = null;
    if (error === undefined) reader.done.resolve();
    else reader.done.reject(error);
  }

  #end(error: Error): void {
    this.#over ??= error;
    if (this.#reader !== null && !this.#waiting && this.#backlog.length === 0)
      this.#finish(this.#reader, this.#over);
  }
}
