import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Proxy } from '../../../config/index.ts';
import type { Answer, Question } from './body.ts';

/** Asks with Node's own client, which knows proxies and every kind of answer, and makes more garbage. */
export class StreamClient implements Disposable {
  readonly #agents: { readonly 'http:': http.Agent; readonly 'https:': https.Agent };

  constructor(proxy: Proxy | null) {
    const proxyEnv = proxy ?? {};
    const options = { keepAlive: true, maxSockets: Infinity, timeout: 15_000, proxyEnv };
    this.#agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  }

  ask({ url, headers, signal, answerMs }: Question): Promise<Answer> {
    const isPlain = url.protocol === 'http:';
    const agent = this.#agents[isPlain ? 'http:' : 'https:'];
    return new Promise((resolve, reject) => {
      const sent = (isPlain ? http : https).get(url, { agent, headers, signal });
      const late = setTimeout(() => sent.destroy(new Error('No answer came.')), answerMs);
      sent.once('response', (response) => {
        clearTimeout(late);
        resolve(answerOf(response));
      });
      sent.once('error', (error) => {
        clearTimeout(late);
        reject(error);
      });
    });
  }

  [Symbol.dispose](): void {
    this.#agents['http:'].destroy();
    this.#agents['https:'].destroy();
  }
}

function answerOf(response: IncomingMessage): Answer {
  return {
    status: response.statusCode ?? 0,
    header: (name) => response.headers[name]?.toString() ?? null,
    body: {
      async each(take) {
        for await (const chunk of response as AsyncIterable<Buffer>) {
          const wait = take(chunk);
          if (wait !== null) await wait;
        }
      },
      destroy: (reason) => response.destroy(reason),
    },
  };
}
