import type { RunnerStatus, ModelEntry } from '@impetus/contracts/models';
import type { StateEvent } from '@impetus/contracts/state';
import { batch, createSignal } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { api } from '../api/client.ts';
import { backoff } from '../lib/backoff.ts';
import { eraseAll, read, write } from '../lib/database.ts';
import { noteIdentityChange } from './identity-changes.ts';
import { reduceAgent, unknownAgent, type AgentState } from './agent-reducer.ts';
import { heardAt, noteAnswer, rememberHeard } from './connection.ts';

/** The last state of a visit, for a page that is opened while the Mac is away. */
interface Remembered {
  readonly state: AgentState;
  readonly heardAt: number;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Raise the number when what screens know gets another shape: what an older page kept is not read then. */
const rememberedKey = 'agent-3';
const rememberEveryMs = 5_000;

const [store, setStore] = createStore<Mutable<AgentState>>({ ...unknownAgent });
const [known, setKnown] = createSignal(false);

/** The state as the reducer has it; the store follows it, slice by slice. */
let current = unknownAgent;
let lastEventId: string | undefined;

/** What the page knows of the agent: live while connected, the last known state while it is away. */
export const agentState: AgentState = store;

/** Whether there is anything to show: a snapshot of now, or one of an earlier visit. */
export const isKnown = known;

/** What the store has of it. */
let shown = unknownAgent;

function show(next: AgentState): void {
  clearTimeout(modelsTimer);
  modelsTimer = undefined;
  const before = shown;
  current = next;
  shown = next;
  batch(() => {
    if (next.agent !== before.agent) setStore('agent', reconcile(next.agent));
    if (next.models !== before.models) setStore('models', reconcile(next.models, { key: 'id' }));
    if (next.runners !== before.runners) setStore('runners', reconcile(next.runners, { key: 'modelId' }));
    if (next.memory !== before.memory) setStore('memory', reconcile(next.memory));
    if (next.downloads !== before.downloads) setStore('downloads', reconcile(next.downloads, { key: 'id' }));
    if (next.uploads !== before.uploads) setStore('uploads', reconcile(next.uploads, { key: 'id' }));
    if (next.benchmarks !== before.benchmarks) {
      setStore('benchmarks', reconcile(next.benchmarks, { key: 'id' }));
    }
    setStore('defaultModel', next.defaultModel);
    if (next.trust !== before.trust) setStore('trust', reconcile(next.trust));
    setKnown(true);
  });
}

/** A large library that is scanned and hashed says so model by model: they are shown some at a time. */
const modelsEveryMs = 250;
let modelsTimer: ReturnType<typeof setTimeout> | undefined;

function receive(id: string, event: StateEvent): void {
  lastEventId = id;
  const next = reduceAgent(current, event);
  if (event.type === 'models') {
    current = next;
    modelsTimer ??= setTimeout(() => show(current), modelsEveryMs);
  } else {
    show(next);
  }
  if (event.type === 'identity') noteIdentityChange(event.changed);
  // The first thing heard is kept at once: a Mac that goes away right after it was seen is remembered too.
  if (event.type === 'snapshot') remember();
  rememberSoon();
}

let rememberTimer: ReturnType<typeof setTimeout> | undefined;

function remember(): void {
  clearTimeout(rememberTimer);
  rememberTimer = undefined;
  const at = heardAt();
  if (at === null || current === unknownAgent) return;
  void write('values', rememberedKey, { state: current, heardAt: at } satisfies Remembered);
}

/** Keeps nothing of the agent in this browser any more, for whoever signs out of it. */
export async function forgetAgent(): Promise<void> {
  current = unknownAgent;
  clearTimeout(modelsTimer);
  clearTimeout(rememberTimer);
  await eraseAll('values');
}

function rememberSoon(): void {
  rememberTimer ??= setTimeout(remember, rememberEveryMs);
}

async function recall(): Promise<void> {
  const remembered = await read<Remembered>('values', rememberedKey);
  // The agent may have been faster.
  if (remembered === undefined || known()) return;
  show(remembered.state);
  rememberHeard(remembered.heardAt);
}

/** Follows the agent; the link resumes by itself after a loss, this begins again when the agent ended it. */
function follow(attempt: number): void {
  let tries = attempt;
  const again = (): void => {
    setTimeout(() => follow(tries), backoff(tries));
  };
  api.state.watch.subscribe(lastEventId === undefined ? {} : { lastEventId }, {
    onStarted: () => {
      noteAnswer();
    },
    onData: ({ id, data }) => {
      tries = 0;
      receive(id, data);
    },
    onError: () => {
      tries += 1;
      again();
    },
    onComplete: () => {
      tries += 1;
      again();
    },
  });
}

/** Begins to follow the agent, and keeps what it says for the next visit. */
export function startAgentState(): void {
  void recall();
  follow(0);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') remember();
  });
}

/** The Mac's name, or what to call it before it has said. */
export function macName(): string {
  return agentState.agent?.name ?? 'Your Mac';
}

export function findModel(id: string): ModelEntry | undefined {
  return agentState.models.find((model) => model.id === id);
}

export function findRunner(modelId: string): RunnerStatus | undefined {
  return agentState.runners.find((runner) => runner.modelId === modelId);
}

/** The name that people know a model by, even when it is no longer listed. */
export function modelName(id: string): string {
  return findModel(id)?.name ?? id;
}
