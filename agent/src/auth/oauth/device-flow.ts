import type { OAuthErrorCode, Scope } from '@impetus/contracts';

/** How long a code may be entered, how often it may be asked about, and what asking too often adds (RFC 8628, 3.5). */
export const deviceCodeMs = 600_000;
export const firstIntervalMs = 5_000;
export const slowDownMs = 5_000;

/** A client that waits for its code to be entered. */
export interface DeviceFlow {
  readonly userCode: string;
  readonly deviceCodeHash: string;
  readonly clientId: string;
  readonly deviceName: string;
  /** What it asked for. */
  readonly scopes: readonly Scope[];
  readonly address: string;
  readonly userAgent: string;
  readonly expiresAt: number;
  readonly intervalMs: number;
  readonly lastPollAt: number | null;
  readonly answer: DeviceFlowAnswer | null;
}

/** What the person who entered the code chose. */
export type DeviceFlowAnswer =
  | {
      readonly type: 'approved';
      readonly scopes: readonly Scope[];
      readonly userId: string;
      readonly by: string;
    }
  | { readonly type: 'denied' };

export type NewDeviceFlow = Omit<DeviceFlow, 'expiresAt' | 'intervalMs' | 'lastPollAt' | 'answer'>;

export function newDeviceFlow(chosen: NewDeviceFlow, now: number): DeviceFlow {
  return {
    ...chosen,
    expiresAt: now + deviceCodeMs,
    intervalMs: firstIntervalMs,
    lastPollAt: null,
    answer: null,
  };
}

export const isOver = ({ expiresAt }: DeviceFlow, now: number): boolean => now >= expiresAt;

export type PollOutcome =
  | { readonly type: 'refused'; readonly error: OAuthErrorCode; readonly next: DeviceFlow }
  /** Tokens may be given, once: the flow ends with it. */
  | { readonly type: 'granted'; readonly answer: Extract<DeviceFlowAnswer, { type: 'approved' }> };

/** What a client that asks for its tokens is told. */
export function poll(flow: DeviceFlow, now: number): PollOutcome {
  if (isOver(flow, now)) return { type: 'refused', error: 'expired_token', next: flow };
  const polled = { ...flow, lastPollAt: now };
  const tooSoon = flow.lastPollAt !== null && now - flow.lastPollAt < flow.intervalMs;
  if (tooSoon) {
    const next = { ...polled, intervalMs: flow.intervalMs + slowDownMs };
    return { type: 'refused', error: 'slow_down', next };
  }
  if (flow.answer === null) return { type: 'refused', error: 'authorization_pending', next: polled };
  if (flow.answer.type === 'denied') return { type: 'refused', error: 'access_denied', next: polled };
  return { type: 'granted', answer: flow.answer };
}

/** Null where it was answered before, or is over. */
export function answer(flow: DeviceFlow, chosen: DeviceFlowAnswer, now: number): DeviceFlow | null {
  return flow.answer !== null || isOver(flow, now) ? null : { ...flow, answer: chosen };
}
