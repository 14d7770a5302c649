import type { Target } from './target.ts';

/** What an attacker was told. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Something that must not work, against a real agent. */
export interface Attack {
  readonly group: string;
  readonly name: string;
  /** Makes what the attack needs, as its owner would; what there is afterwards must be there after the attack too. */
  readonly prepare?: (target: Target) => Promise<string>;
  /** Answers the last word that the attacker heard. */
  readonly run: (target: Target, prepared: string) => Promise<Answer>;
  readonly status: number;
  /** The action under which the audit has it; null where there is nobody to name and nothing to tell. */
  readonly audited: string | null;
}

/** What became of it. */
export interface Result {
  readonly attack: Attack;
  readonly answer: Answer;
  readonly audited: boolean;
  /** Whether users, devices, sessions and keys are what they were. */
  readonly unchanged: boolean;
}

/** The sentence of an answer, in whichever form it came. */
export function sentenceOf({ body }: Answer): string {
  try {
    const parsed = JSON.parse(body) as { error?: { message?: string; data?: { message?: string } } | string };
    const { error } = parsed;
    if (typeof error === 'string') return error;
    return error?.data?.message ?? error?.message ?? '';
  } catch {
    return body.slice(0, 80).replaceAll('\n', ' ');
  }
}
