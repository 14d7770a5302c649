import type { ConformanceOutcome } from '@impetus/contracts';
import { z } from 'zod';

/** What a check found. */
export interface Finding {
  readonly outcome: ConformanceOutcome;
  readonly words: string;
}

export const pass = (words: string): Finding => ({ outcome: 'pass', words });
export const fail = (words: string): Finding => ({ outcome: 'fail', words });
export const unavailable = (words: string): Finding => ({ outcome: 'unavailable', words });

/** What is wrong with an answer; a check throws it and its line says it. */
export class Flaw extends Error {
  override readonly name = 'Flaw';
}

/** OpenAI’s and Anthropic’s errors are alike in what is asked here. */
const errorBody = z.object({
  error: z.object({ message: z.string(), code: z.string().nullish(), type: z.string().nullish() }),
});

export interface Refusal {
  readonly message: string;
  readonly code: string;
}

export function refusalOf(body: unknown): Refusal | null {
  const { data } = errorBody.safeParse(body);
  if (data === undefined) return null;
  return { message: data.error.message, code: data.error.code ?? data.error.type ?? '' };
}

/** Throws where an answer is not the 200 that a check goes on from. */
export function requireAnswer({ status, body }: { readonly status: number; readonly body: unknown }): void {
  if (status === 200) return;
  throw new Flaw(refusalOf(body)?.message ?? `It answered ${status} without an error that says why.`);
}

/** Whether the agent knows no such address. */
export function isUnknownPath({
  status,
  body,
}: {
  readonly status: number;
  readonly body: unknown;
}): boolean {
  return status === 404 && refusalOf(body)?.code !== 'model_not_found';
}

export function must(isSo: boolean, words: string): void {
  if (!isSo) throw new Flaw(words);
}
