import type { AgentInfo, MemorySample, Snapshot } from '@impetus/contracts';
import type { Services } from '../services.ts';
import type { AgentFacts } from './agent-info.ts';
import type { MemorySampler } from './memory-sampler.ts';
import type { System } from './types.ts';

export interface AgentSystemOptions extends Pick<
  Services,
  'catalogue' | 'downloads' | 'inference' | 'settings' | 'trust' | 'uploads'
> {
  readonly facts: AgentFacts;
  readonly memory: MemorySampler;
}

/** What screens show, put together from the services that know it. */
export class AgentSystem implements System {
  readonly #options: AgentSystemOptions;
  #http = '';

  constructor(options: AgentSystemOptions) {
    this.#options = options;
  }

  /** Told once, when the agent listens; nobody can ask before. */
  listensAt(http: string): void {
    this.#http = http;
  }

  get info(): AgentInfo {
    return { ...this.#options.facts, http: this.#http };
  }

  snapshot(): Snapshot {
    return this.#with(this.#options.memory.last);
  }

  async freshSnapshot(): Promise<Snapshot> {
    return this.#with(await this.#options.memory.sample());
  }

  #with(memory: MemorySample): Snapshot {
    const { catalogue, downloads, inference, settings, trust, uploads } = this.#options;
    return {
      agent: this.info,
      models: catalogue.list(),
      runners: inference.runners(),
      memory,
      defaultModel: settings.defaultModel(),
      downloads: downloads.list(),
      trust: trust.status(),
      uploads: uploads.list(),
    };
  }
}
