import { randomUUID } from 'node:crypto';
import { ImpetusError, type GenerationEvent } from '@impetus/contracts';
import { EventQueue } from './event-queue.ts';
import type { ModelHost } from '../residents/model-host.ts';
import type { Request, RequestEvent, Work } from './request.ts';
import type { EmbeddingResult, InferenceRequest } from '../types.ts';

type Listener = Pick<Request, 'onEvent' | 'onQueued' | 'onLoading' | 'onFailure'>;

/** What of a request a host needs to know, beside the work itself. */
type Asker = Pick<InferenceRequest<unknown>, 'requester' | 'signal' | 'keepAlive' | 'onAdmitted'>;

/** Runs a generation to its end; leaving the loop early ends the work too. */
export async function* generate(
  host: ModelHost,
  asker: Asker,
  work: Extract<Work, { type: 'generate' }>,
): AsyncGenerator<GenerationEvent, void> {
  const events = new EventQueue();
  const cancel = submit(host, asker, work, {
    onEvent: (event) => {
      if (event.kind !== 'embedded') events.push(event);
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

export async function embed(
  host: ModelHost,
  asker: Asker,
  inputs: readonly (string | number[])[],
): Promise<EmbeddingResult> {
  const { promise, resolve, reject } = Promise.withResolvers<EmbeddingResult>();
  const cancel = submit(
    host,
    asker,
    { type: 'embed', inputs },
    {
      onEvent: (event: RequestEvent) => {
        if (event.kind === 'embedded') resolve(event);
      },
      onQueued: () => {},
      onLoading: () => {},
      onFailure: reject,
    },
  );
  try {
    return await promise;
  } finally {
    cancel();
  }
}

/** Submits work and answers how to end it; a client that goes away ends it too. */
function submit(host: ModelHost, asker: Asker, work: Work, listener: Listener): () => void {
  const { requester, signal, keepAlive = null, onAdmitted } = asker;
  const request: Request = {
    id: randomUUID(),
    requesterId: requester.id,
    arrivedAt: performance.now(),
    keepAlive,
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
