import type { AgentSettings } from '@impetus/contracts';
import type { AccessEnded } from './access-ended.ts';

/** What services tell one another without knowing who listens. */
export interface AgentEvents {
  /** It listens and everything is in place; what can wait until then begins now. */
  readonly 'agent-ready': null;
  /** Sockets, subscriptions and streams that rest on it end now. */
  readonly 'access-ended': AccessEnded;
  readonly 'agent-settings-changed': AgentSettings;
  readonly 'model-settings-changed': { readonly modelId: string };
  readonly 'state-watchers': { readonly count: number };
}

type Listener<T> = (payload: T) => void;

/** Synchronous and typed: when `emit` returns, every listener has heard. */
export class EventBus {
  readonly #listeners = new Map<keyof AgentEvents, Set<Listener<never>>>();

  /** Listens until the answer is disposed. */
  on<K extends keyof AgentEvents>(name: K, listener: Listener<AgentEvents[K]>): Disposable {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return { [Symbol.dispose]: () => void listeners.delete(listener) };
  }

  emit<K extends keyof AgentEvents>(name: K, payload: AgentEvents[K]): void {
    const listeners = this.#listeners.get(name) as Set<Listener<AgentEvents[K]>> | undefined;
    listeners?.forEach((listener) => listener(payload));
  }
}
