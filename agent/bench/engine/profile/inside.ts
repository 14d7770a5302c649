import { setTimeout as delay } from 'node:timers/promises';
import type { RunnerEventFor, RunnerSettings } from '@impetus/contracts';
import { Scheduler } from '../../../runner/scheduler.ts';
import { loadEngine, type Engine } from '../../../runner/engine.ts';
import { openLibrary } from '../../../runner/library.ts';
import { Stopwatch } from './stopwatch.ts';

/** What a step of the runner spends, in milliseconds. */
export interface Inside {
  /** llama.cpp computes. */
  readonly decode: number;
  /** llama.cpp chooses a token, for each stream, one after the other. */
  readonly sample: number;
  /** From the end of one computation to the start of the next, all included: nothing is computed meanwhile. */
  readonly between: number;
  /** The same with the library's own generators and nothing of ours. */
  readonly betweenInLibrary: number;
  /** Tokens to text, for all streams. */
  readonly text: number;
  /** The step's message as JSON; done while the next step computes. */
  readonly message: number;
}

const warmUpSteps = 50;
const steps = 200;
const promptTokens = 16;

type LlamaContext = NonNullable<Engine['context']>;

/** The library's own object beneath a context; only here, to see when computing begins and ends. */
interface Addon {
  decodeBatch(): Promise<unknown>;
  sampleToken(...args: unknown[]): Promise<unknown>;
}

class Probe {
  readonly decode = new Stopwatch();
  readonly sample = new Stopwatch();
  readonly between = new Stopwatch();
  #endedAt: number | null = null;
  #sampling: { running: number; startedAt: number } = { running: 0, startedAt: 0 };

  /** Puts itself between a context and the library's object beneath it. */
  watch(context: LlamaContext): void {
    const holder = context as unknown as { _ctx: Addon };
    const addon = holder._ctx;
    const watched: Record<string, unknown> = {
      decodeBatch: async () => {
        if (this.#endedAt !== null) this.between.add(performance.now() - this.#endedAt);
        await this.decode.time(() => addon.decodeBatch());
        this.#endedAt = performance.now();
      },
      sampleToken: async (...args: unknown[]) => {
        if (this.#sampling.running === 0) this.#sampling.startedAt = performance.now();
        this.#sampling.running += 1;
        const token = await addon.sampleToken(...args);
        this.#sampling.running -= 1;
        if (this.#sampling.running === 0) this.sample.add(performance.now() - this.#sampling.startedAt);
        return token;
      },
    };
    // Native methods cannot be replaced, and work on nothing but their own object.
    holder._ctx = new Proxy(addon, {
      get: (target, name) => (watched[String(name)] ??= bound(target, name)),
    });
  }

  reset(): void {
    for (const watch of [this.decode, this.sample, this.between]) watch.reset();
    this.#endedAt = null;
  }
}

function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name);
  return typeof value === 'function' ? value.bind(target) : value;
}

/** Runs a model in this process, first by the library alone and then by our scheduler. */
export async function measureInside(modelPath: string, streams: number): Promise<Inside> {
  const layout = { contextSize: 4_096, sequences: 8, batchSize: 512 };
  const settings: RunnerSettings = {
    ...layout,
    threads: 1,
    gpu: false,
    purpose: 'generation',
    gpuLayers: null,
    flashAttention: null,
    kvType: 'f16',
    chatTemplate: null,
    speculation: { kind: 'off' },
    adapters: [],
  };
  const library = await openLibrary(settings.gpu, settings.threads);
  const engine = await loadEngine(library, { modelPath, settings, promptCache: null }, () => {});
  const { context, model } = engine;
  if (context === null) throw new Error('The model was loaded without a context.');
  const probe = new Probe();
  probe.watch(context);
  const betweenInLibrary = await libraryAlone(context, streams, probe);
  const text = new Stopwatch();
  const message = new Stopwatch();
  const detokenize = model.detokenize.bind(model);
  model.detokenize = (...args) => text.time(() => detokenize(...args));
  await throughScheduler(
    engine,
    context,
    streams,
    (events) => {
      message.time(() => JSON.stringify({ type: 'events', events }));
    },
    () => {
      for (const watch of [probe, text, message]) watch.reset();
    },
  );
  return {
    decode: probe.decode.typical(),
    sample: probe.sample.typical(),
    between: probe.between.typical(),
    betweenInLibrary,
    text: text.typical() * streams,
    message: message.typical(),
  };
}

async function libraryAlone(context: LlamaContext, streams: number, probe: Probe): Promise<number> {
  const sequences = Array.from({ length: streams }, () => context.getSequence());
  const options = { temperature: 0, yieldEogToken: true, seed: 1 };
  const generators = sequences.map((sequence, index) => sequence.evaluate(prompt(index), options));
  for (let step = 0; step < warmUpSteps + steps; step += 1) {
    if (step === warmUpSteps) probe.reset();
    await Promise.all(generators.map((generator) => generator.next()));
  }
  const between = probe.between.typical();
  for (const generator of generators) await generator.return();
  // The scheduler takes all sequences for itself, and expects them empty.
  for (const sequence of sequences) await sequence.dispose();
  while (context.sequencesLeft < context.totalSequences) await delay(10);
  return between;
}

/** `onWarm` is called once, after the first steps. */
async function throughScheduler(
  engine: Engine,
  context: LlamaContext,
  streams: number,
  onEvents: (events: readonly RunnerEventFor[]) => void,
  onWarm: () => void,
): Promise<void> {
  const ended = Promise.withResolvers<void>();
  let running = streams;
  let sent = 0;
  const scheduler = new Scheduler(engine, context, (events) => {
    sent += 1;
    if (sent === warmUpSteps) onWarm();
    onEvents(events);
    running -= events.filter(({ event }) => event.kind === 'end').length;
    if (running === 0) ended.resolve();
  });
  for (let index = 0; index < streams; index += 1) {
    scheduler.generate(String(index), {
      prompt: { kind: 'tokens', tokens: prompt(index) },
      sampling: { temperature: 0 },
      maxTokens: warmUpSteps + steps,
      stop: [],
      ignoreEnd: true,
    });
  }
  await ended.promise;
}

/** Words of the synthetic vocabulary, another row of them for each stream. */
function prompt<Token extends number>(stream: number): Token[] {
  return Array.from({ length: promptTokens }, (_, index) => (1_000 + stream * 101 + index) as Token);
}
