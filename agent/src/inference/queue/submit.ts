import { randomUUID } from 'node:crypto';
import { ImpetusError, type GenerationEvent } from '@impetus/contracts';
import { EventQueue } from './event-queue.ts';
import type { ModelHost } from '../residents/model-host.ts';
import type { Request, RequestEvent, Work } from './request.ts';
import type { InferenceRequest } from '../types.ts';

type Listener = Pick<Request, 'onEvent' | 'onQueued' | 'onLoading' | 'onFailure'>;

/** What of a request a host needs to know, beside the work itself. */
type Asker = Pick<
  InferenceRequest<unknown>,
  'requester' | 'signal' | 'keepAlive' | 'contextSize' | 'onAdmitted'
>;

/** Runs a generation to its end; leaving the loop early ends the work too. */
export async function* generate(
  host: ModelHost,
  asker: Asker,
  work: Extract<Work, { type: 'generate' }>,
): AsyncGenerator<GenerationEvent, void> {
  const events = new EventQueue();
  const cancel = submit(host, asker, work, {
    onEvent: (event) => {
      if (event.kind !== 'embedded' && event.kind !== 'ranked' && event.kind !== 'answered')
        events.push(event);
    },
    onQueued: (position) => events.push({ kind: 'queued', position }),
    onLoading: (progress) => events.push({ kind: 'loading', progress }),
    onFailure: (error) => events.fail(error),
  });
  try {
    yield* events.read();
  } finally {
    cancel();
  }
}

/** Runs work that is answered by one event, of the given kind. */
export async function once<Kind extends 'embedded' | 'ranked' | 'answered'>(
  host: ModelHost,
  asker: Asker,
  work: Exclude<Work, { type: 'generate' }>,
  kind: Kind,
): Promise<Extract<RequestEvent, { kind: Kind }>> {
  const { promise, resolve, reject } = Promise.withResolvers<Extract<RequestEvent, { kind: Kind }>>();
  const cancel = submit(host, asker, work, {
    onEvent: (event: RequestEvent) => {
      if (event.kind === kind) resolve(event as Extract<RequestEvent, { kind: Kind }>);
    },
    onQueued: () => {},
    onLoading: () => {},
    onFailure: reject,
  });
  try {
    return await promise;
  } finally {
    cancel();
  }
}

/** Submits work and answers how to end it; a client that goes away ends it too. */
function submit(host: ModelHost, asker: Asker, work: Work, listener: Listener): () => void {
  const { requester, signal, keepAlive = null, contextSize, onAdmitted } = asker;
  const request: Request = {
    id: randomUUID(),
    requesterId: requester.id,
    arrivedAt: performance.now(),
    keepAlive,
    contextSize,
    work,
    onAdmitted,
    ...withoutRepeats(listener),
  };
  const cancel = () => {
    signal.removeEventListener('abort', onAbort);
    host.cancel(request.id);
  };
  const onAbort = () => {
    cancel();
    listener.onFailure(new ImpetusError('cancelled', 'The request was cancelled.'));
  };
  if (signal.aborted) {
    onAbort();
    return () => {};
  }
  signal.addEventListener('abort', onAbort, { once: true });
  host.submit(request);
  return cancel;
}

/** A host tells those who wait whenever anything changes; a request needs to hear only what is new to it. */
function withoutRepeats(listener: Listener): Listener {
  let position: number | null = null;
  let progress: number | null = null;
  return {
    ...listener,
    onQueued(next) {
      if (next !== position) listener.onQueued(next);
      position = next;
    },
    onLoading(next) {
      if (next !== progress) listener.onLoading(next);
      progress = next;
    },
  };
}
