import { formatDuration, formatPercent, formatRate, formatTokens } from '../../lib/format.ts';
import type { Answer, AnswerStatus, Thinking } from '../../state/answer.ts';

/** What an answer waits for, as long as no word of it is there. Undefined progress: there is none to show. */
export interface Waiting {
  readonly words: string;
  readonly progress?: number | null;
}

/** What stands where the answer will be. */
export function waitingFor(status: AnswerStatus, model: string): Waiting {
  switch (status.kind) {
    case 'queued':
      return { words: status.position > 0 ? `Waiting, ${status.position} before this one` : 'Waiting' };
    case 'loading': {
      const share = status.progress === null ? '' : `, ${formatPercent(status.progress)}`;
      return { words: `Loading ${model}${share}`, progress: status.progress };
    }
    case 'reading':
      return { words: 'Reading the prompt', progress: status.progress };
    case 'thinking':
      return { words: 'Thinking' };
    default:
      return { words: 'Asking' };
  }
}

/** The line under an answer: which model, how fast, how long it took to begin, how much. */
export function factsOf(answer: Answer, model: string): string {
  const { askedAt, firstTokenAt, tokens, tokensPerSecond } = answer;
  return (
    [
      model,
      tokensPerSecond === null ? '' : formatRate(tokensPerSecond),
      firstTokenAt === null ? '' : `first token ${formatDuration(firstTokenAt - askedAt)}`,
      tokens > 0 ? formatTokens(tokens) : '',
    ]
      .filter(Boolean)
      // A line may end between two facts, and never inside one.
      .map((fact) => fact.replaceAll(' ', '\u00A0'))
      .join(' · ')
  );
}

/** What stands above a model's thoughts: that it is at them, or how long it was. */
export function thinkingTitle({ beganAt, lastAt }: Thinking, status: AnswerStatus): string {
  return status.kind === 'thinking'
    ? 'Thinking'
    : `Thought for ${formatDuration(Math.max(1, lastAt - beganAt))}`;
}

/** Why an answer ended other than by itself; null where that needs no words. */
export function endingOf({
  status,
  text,
  thinking,
}: Pick<Answer, 'status' | 'text' | 'thinking'>): string | null {
  if (status.kind === 'stopped') return 'Stopped.';
  if (status.kind !== 'done') return null;
  const thoughtOnly = text === '' && thinking !== undefined;
  if (status.reason === 'length') {
    const where = thoughtOnly ? 'Cut off while it was thinking' : 'Cut off';
    return `${where}: the longest answer allowed, or the context size, was reached.`;
  }
  if (thoughtOnly) return 'The model thought, and ended without an answer.';
  return text === '' ? 'The model ended without writing anything.' : null;
}
