import type { MdnsStatus } from '@impetus/contracts';
import type { CiaoService, Responder } from '@homebridge/ciao';
import type { Log } from '../../log/types.ts';
import { settledWithin } from '../../platform/deadline.ts';
import { askForAddresses } from './ask.ts';
import { words } from './words.ts';

/** Probing for the name and announcing it take about a second; longer means that packets do not leave. */
const announceMs = 6000;
const goodbyeMs = 1000;

export interface MdnsOptions {
  readonly enabled: boolean;
  readonly computer: string;
  readonly log: Log;
  readonly changed: () => void;
  /** Somebody else on the network has the name. */
  readonly conflict: () => void;
}

interface Told {
  readonly name: string;
  readonly port: number;
}

/** Tells the network the name of this agent, and finds out whether it is heard. */
export class Mdns implements AsyncDisposable {
  readonly #options: MdnsOptions;
  #told: Told | null = null;
  #responder: Responder | null = null;
  #status: MdnsStatus;

  constructor(options: MdnsOptions) {
    this.#options = options;
    this.#status = { state: 'off', words: options.enabled ? words.notNeeded : words.switchedOff };
  }

  status(): MdnsStatus {
    return this.#status;
  }

  /** The addresses that the network tells for a name. */
  ask(host: string): Promise<string[]> {
    return this.#options.enabled ? askForAddresses(host) : Promise.resolve([]);
  }

  /** Tells this name from now on, or none; where it is told already it is looked whether it is heard. */
  async tell(wanted: Told | null): Promise<void> {
    if (!this.#options.enabled) return;
    const same = JSON.stringify(wanted) === JSON.stringify(this.#told);
    if (same && this.#responder !== null && wanted !== null) return this.#listen(wanted);
    await this.#stop();
    this.#told = wanted;
    if (wanted === null) this.#set({ state: 'off', words: words.notNeeded });
    // Where the name was taken, whoever has it may have gone by now.
    else await this.#start(wanted);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }

  async #start(told: Told): Promise<void> {
    try {
      // Loaded with the first name that is told: an agent without a LAN carries none of it.
      const { getResponder } = await import('@homebridge/ciao');
      this.#responder = getResponder();
      const service = this.#service(this.#responder, told);
      const taken = Promise.withResolvers<true>();
      service.on('hostname-change', () => taken.resolve(true));
      const announced = service.advertise().then(() => false);
      announced.catch(() => {});
      const outcome = Promise.race([taken.promise, announced]);
      if (!(await settledWithin(announceMs, outcome))) this.#set({ state: 'blocked', words: words.blocked });
      else if (await outcome) await this.#giveWay(told);
      else await this.#listen(told);
    } catch (error) {
      this.#options.log.warn({ err: error }, 'The name could not be told to the network.');
      this.#set({ state: 'blocked', words: words.blocked });
    }
  }

  #service(responder: Responder, { name, port }: Told): CiaoService {
    const service = responder.createService({
      // The name in it keeps two computers of one label apart: a clash of labels would count as one of names.
      name: `${name} on ${this.#options.computer}`.slice(0, 60),
      type: 'https',
      subtypes: ['impetus'],
      port,
      hostname: name,
      txt: { path: '/' },
    });
    // The name of the service is only shown in lists: another one is as good.
    service.on('name-change', () => {});
    return service;
  }

  async #listen({ name }: Told): Promise<void> {
    const heard = await askForAddresses(`${name}.local`);
    this.#set(
      heard.length > 0
        ? { state: 'advertised', words: words.advertised(`${name}.local`) }
        : { state: 'blocked', words: words.blocked },
    );
  }

  /** What the responder would tell instead is a name that no certificate is for. */
  async #giveWay({ name }: Told): Promise<void> {
    await this.#stop();
    this.#set({ state: 'conflict', words: words.conflict(`${name}.local`) });
    this.#options.conflict();
  }

  async #stop(): Promise<void> {
    const responder = this.#responder;
    this.#responder = null;
    if (responder === null) return;
    await settledWithin(
      goodbyeMs,
      responder.shutdown().catch(() => {}),
    );
  }

  #set(status: MdnsStatus): void {
    this.#status = status;
    this.#options.changed();
  }
}
