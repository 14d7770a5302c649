import { toImpetusError, type ImpetusError, type MemoryBudget } from '@impetus/contracts';
import { decide, type Candidate, type Holder, type Verdict } from './admission.ts';
import { fittingContextSize } from '../memory/fit.ts';
import { fitOf, type Launch } from '../launches/launch.ts';
import type { ModelHost } from './model-host.ts';
import { doesNotFit } from '../memory/refusal.ts';
import type { SpawnRunner } from '../runners/runner-process.ts';

export interface ResidentsOptions {
  readonly hosts: () => readonly ModelHost[];
  /** Works out how a model would be held and what it would take. Throws why it cannot be loaded. */
  readonly prepare: (host: ModelHost) => Promise<Launch>;
  /** Samples the memory anew. */
  readonly budget: () => Promise<MemoryBudget>;
  /** What a model with a runner counts for. In bytes. */
  readonly countedBytes: (host: ModelHost) => number;
  /** How to start a runner for these settings. */
  readonly spawnFor: (launch: Launch) => SpawnRunner;
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
}

/** How a model that is wanted would be held; worked out once, and again where its settings change meanwhile. */
type Preparation = { readonly launch: Launch | null };

/**
 * The models that have, or want, memory. One loop: on any change the situation is put into plain data, admission.ts
 * decides, and the loop carries out what it said. Nothing else starts a runner or evicts one.
 */
export class Residents {
  readonly #options: ResidentsOptions;
  readonly #preparations = new Map<ModelHost, Preparation>();
  #seen = '';
  #running = false;
  #again = false;
  #idleTimer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: ResidentsOptions) {
    this.#options = options;
  }

  /** A host may have changed. Cheap where nothing did that matters here: it is called at each token. */
  touch(): void {
    const situation = this.#hosts.map((host) => fingerprint(host)).join('\n');
    if (situation === this.#seen) return;
    this.#seen = situation;
    this.#wake();
  }

  /** Something else that decides has changed: settings, pins, limits. What waits is worked out anew. */
  reconsider(): void {
    this.#preparations.clear();
    this.#wake();
  }

  /** What would happen if `candidate` were wanted now, after everybody who is. */
  whatIf(candidate: Candidate, budget: MemoryBudget): Verdict {
    const waiting = this.#wanted().filter(({ host }) => host.entry.id !== candidate.id);
    const verdicts = decide({
      holders: this.#holders().filter(({ id }) => id !== candidate.id),
      candidates: [...waiting.map(asCandidate), candidate],
      limitBytes: budget.limitBytes,
    });
    return verdicts.at(-1) ?? { kind: 'start' };
  }

  /** What pinned models take; nobody else ever gets it. In bytes. */
  get pinnedBytes(): number {
    const pinned = this.#holders().filter((holder) => holder.pinned && !holder.leaving);
    return pinned.reduce((total, { bytes }) => total + bytes, 0);
  }

  close(): void {
    this.#closed = true;
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer);
  }

  get #hosts(): readonly ModelHost[] {
    return this.#options.hosts();
  }

  #find(modelId: string): ModelHost | undefined {
    return this.#hosts.find(({ entry }) => entry.id === modelId);
  }

  #wake(): void {
    this.#again = true;
    if (this.#running || this.#closed) return;
    this.#running = true;
    void this.#loop();
  }

  async #loop(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      await this.#step();
    }
    this.#running = false;
  }

  async #step(): Promise<void> {
    this.#prepareWanted();
    const budget = this.#wanted().length === 0 ? null : await this.#options.budget();
    // Read again: the budget took a while.
    const wanted = this.#wanted();
    if (budget !== null && !this.#closed) this.#admit(wanted, budget);
    else for (const host of this.#hosts) host.yieldSince(null);
    this.#unloadIdle();
  }

  #admit(wanted: readonly Wanted[], budget: MemoryBudget): void {
    const candidates = wanted.map(asCandidate);
    const verdicts = decide({ holders: this.#holders(), candidates, limitBytes: budget.limitBytes });
    const yields = new Map<string, number>();
    wanted.forEach((one, index) => {
      const verdict = verdicts[index];
      if (verdict === undefined) return;
      this.#carryOut(one, verdict, budget);
      if (verdict.kind !== 'wait') return;
      for (const id of verdict.victimIds) yields.set(id, Math.min(yields.get(id) ?? Infinity, one.since));
    });
    for (const host of this.#hosts) host.yieldSince(yields.get(host.entry.id) ?? null);
  }

  #carryOut({ host, launch }: Wanted, verdict: Verdict, budget: MemoryBudget): void {
    switch (verdict.kind) {
      case 'start':
        this.#preparations.delete(host);
        host.start(launch, this.#options.spawnFor(launch));
        break;
      case 'evict':
        host.waitFor(this.#namesOf(verdict.ids));
        for (const id of verdict.ids) this.#find(id)?.evict();
        break;
      case 'wait':
        host.waitFor(this.#namesOf(verdict.forIds));
        break;
      case 'refuse':
        this.#preparations.delete(host);
        host.refuse(this.#refusal(host, launch, verdict, budget));
        break;
    }
  }

  #refusal(
    host: ModelHost,
    launch: Launch,
    { roomBytes, pinnedIds }: Extract<Verdict, { kind: 'refuse' }>,
    { limitBytes }: MemoryBudget,
  ): ImpetusError {
    return doesNotFit({
      modelName: host.entry.name,
      neededBytes: launch.estimate.totalBytes,
      limitBytes,
      pinnedNames: this.#namesOf(pinnedIds),
      roomBytes,
      fittingContextSize: fittingContextSize(fitOf(launch), roomBytes),
    });
  }

  /** Those that are wanted and known in size, first come first. */
  #wanted(): readonly Wanted[] {
    return this.#hosts
      .flatMap((host) => {
        const since = host.situation.wantedSince;
        const launch = this.#preparations.get(host)?.launch ?? null;
        return since === null || launch === null ? [] : [{ host, launch, since }];
      })
      .toSorted((a, b) => a.since - b.since);
  }

  #holders(): readonly Holder[] {
    return this.#hosts.flatMap((host) => {
      const { phase, active } = host.situation;
      if (phase === 'none') return [];
      return {
        id: host.entry.id,
        bytes: this.#options.countedBytes(host),
        busy: phase === 'loading' || active,
        leaving: phase === 'stopping',
        pinned: host.pinned,
        lastUsedAt: host.lastUsedAt,
      };
    });
  }

  #prepareWanted(): void {
    for (const host of this.#hosts) {
      const wanted = host.situation.wantedSince !== null;
      if (!wanted) this.#preparations.delete(host);
      else if (!this.#preparations.has(host)) void this.#prepare(host);
    }
  }

  async #prepare(host: ModelHost): Promise<void> {
    const begun: Preparation = { launch: null };
    this.#preparations.set(host, begun);
    const current = () => this.#preparations.get(host) === begun;
    try {
      const launch = await this.#options.prepare(host);
      if (current()) this.#preparations.set(host, { launch });
    } catch (error) {
      if (!current()) return;
      this.#preparations.delete(host);
      host.refuse(toImpetusError(error));
    }
    this.#wake();
  }

  /** Unloads what was idle for long enough, and comes back when the next one will have been. */
  #unloadIdle(): void {
    const now = this.#options.now();
    let next = Infinity;
    for (const host of this.#hosts) {
      const dueAt = host.unloadDueAt;
      if (dueAt === null) continue;
      if (dueAt <= now) host.evict();
      else next = Math.min(next, dueAt);
    }
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer);
    this.#idleTimer = null;
    if (next === Infinity) return;
    this.#idleTimer = setTimeout(() => this.#wake(), Math.ceil(next - now)).unref();
  }

  #namesOf(modelIds: readonly string[]): readonly string[] {
    return modelIds.map((id) => this.#find(id)?.entry.name ?? id);
  }
}

interface Wanted {
  readonly host: ModelHost;
  readonly launch: Launch;
  readonly since: number;
}

function asCandidate({ host, launch }: Wanted): Candidate {
  return { id: host.entry.id, bytes: launch.estimate.totalBytes, pinned: host.pinned };
}

/** What of a host decides; two equal ones need no new decision. */
function fingerprint(host: ModelHost): string {
  const { phase, active, wantedSince } = host.situation;
  return `${host.entry.id} ${phase} ${active} ${wantedSince} ${host.unloadDueAt}`;
}
