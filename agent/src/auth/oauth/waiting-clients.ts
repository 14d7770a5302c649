import { createHash, randomBytes } from 'node:crypto';
import { answer, isOver, newDeviceFlow, type DeviceFlow, type DeviceFlowAnswer } from './device-flow.ts';
import type { ClientOrigin, DeviceRequest } from './types.ts';
import { newUserCode } from './user-code.ts';

/** Clients that may wait for their code at once, in all and from one address. */
const waitingAtOnce = 100;
const waitingFromOne = 10;

const hash = (code: string) => createHash('sha256').update(code).digest('hex');

/** A client that has begun to wait; the only time that its device code is seen. */
export interface BegunFlow {
  readonly flow: DeviceFlow;
  readonly deviceCode: string;
}

/** The clients whose codes wait to be entered. They are not on the disk: after a restart a client asks again. */
export class WaitingClients {
  readonly #now: () => number;
  readonly #flows = new Map<string, DeviceFlow>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Null where too many wait. */
  begin(request: DeviceRequest, { address, userAgent }: ClientOrigin): BegunFlow | null {
    this.#forgetOld();
    const waiting = [...this.#flows.values()].filter(
      (flow) => flow.answer === null && !isOver(flow, this.#now()),
    );
    const fromOne = waiting.filter((flow) => flow.address === address);
    if (waiting.length >= waitingAtOnce || fromOne.length >= waitingFromOne) return null;
    const deviceCode = randomBytes(32).toString('base64url');
    const deviceCodeHash = hash(deviceCode);
    let userCode = newUserCode();
    while (this.byUserCode(userCode) !== undefined) userCode = newUserCode();
    const chosen = { ...request, userCode, deviceCodeHash, address, userAgent };
    const flow = newDeviceFlow(chosen, this.#now());
    this.put(flow);
    return { flow, deviceCode };
  }

  /** One that still waits for its code to be entered. */
  byUserCode(userCode: string): DeviceFlow | undefined {
    const now = this.#now();
    return [...this.#flows.values()].find(
      (flow) => flow.userCode === userCode && flow.answer === null && !isOver(flow, now),
    );
  }

  byDeviceCode(deviceCode: string): DeviceFlow | undefined {
    return this.#flows.get(hash(deviceCode));
  }

  /** Whether this was the first answer. */
  answer(flow: DeviceFlow, chosen: DeviceFlowAnswer): boolean {
    const answered = answer(this.#flows.get(flow.deviceCodeHash) ?? flow, chosen, this.#now());
    if (answered !== null) this.put(answered);
    return answered !== null;
  }

  put(flow: DeviceFlow): void {
    this.#flows.set(flow.deviceCodeHash, flow);
  }

  remove(flow: DeviceFlow): void {
    this.#flows.delete(flow.deviceCodeHash);
  }

  /** Those that are over are kept as long again, so that a client that is late is told so. */
  #forgetOld(): void {
    const now = this.#now();
    for (const [key, flow] of this.#flows) if (now >= flow.expiresAt + 600_000) this.#flows.delete(key);
  }
}
