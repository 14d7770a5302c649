import { ImpetusError, type Generation, type GenerationEvent } from '@impetus/contracts';
import type { Inference, InferenceRequest } from '../../types.ts';

/** One answer that a test writes while somebody reads it. */
export class Script {
  readonly request: InferenceRequest<Generation>;
  readonly #events: GenerationEvent[] = [];
  #failure: Error | null = null;
  #news = Promise.withResolvers<void>();
  /** Whether its reader has let go of it. */
  closed = false;

  constructor(request: InferenceRequest<Generation>) {
    this.request = request;
    request.signal.addEventListener('abort', () => this.fail(new ImpetusError('cancelled', 'Aborted.')));
  }

  tell(...events: readonly GenerationEvent[]): void {
    this.#events.push(...events);
    this.#news.resolve();
  }

  fail(error: Error): void {
    this.#failure = error;
    this.#news.resolve();
  }

  async *read(): AsyncGenerator<GenerationEvent, void> {
    try {
      for (;;) {
        const event = this.#events.shift();
        if (event !== undefined) yield event;
        else if (this.#failure !== null) throw this.#failure;
        else {
          await this.#news.promise;
          this.#news = Promise.withResolvers();
        }
        if (event?.kind === 'end') return;
      }
    } finally {
      this.closed = true;
    }
  }
}

export interface ScriptedInference {
  readonly inference: Inference;
  /** The answers that were asked for, oldest first. */
  readonly scripts: readonly Script[];
}

/** An inference that answers with what a test tells; a test may bring methods of its own. */
export function scriptedInference(
  embed?: Inference['embed'],
  generate?: Inference['generate'],
): ScriptedInference {
  const scripts: Script[] = [];
  const scripted: Inference['generate'] = (request) => {
    const script = new Script(request);
    scripts.push(script);
    return script.read();
  };
  return { inference: { generate: generate ?? scripted, embed } as Inference, scripts };
}
