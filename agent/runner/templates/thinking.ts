import type { ChatFormat } from '@impetus/chat';
import type { ReasoningOptions } from '@impetus/contracts';

type Effort = NonNullable<ReasoningOptions['effort']>;

/** The efforts that templates know. */
const templateEfforts: Readonly<Record<Effort, string>> = {
  none: 'low',
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
};

/** Whether thinking was refused, asked for, or left to the model. */
export function wantsThinking({ enabled, effort, budget }: ReasoningOptions): boolean | null {
  if (enabled !== undefined) return enabled;
  if (effort === 'none' || budget === 0) return false;
  return effort === undefined && budget === undefined ? null : true;
}

/** The variables by which templates are told whether and how much to think; each reads the one that it knows. */
export function thinkingVariables(reasoning: ReasoningOptions): Readonly<Record<string, unknown>> {
  const wanted = wantsThinking(reasoning);
  return {
    ...(wanted !== null && { enable_thinking: wanted, thinking: wanted }),
    ...(reasoning.effort !== undefined && { reasoning_effort: templateEfforts[reasoning.effort] }),
    ...(reasoning.budget !== undefined && { thinking_budget: reasoning.budget }),
  };
}

/** Whether a prompt ends inside of thinking. */
export function endsInThinking(prompt: string, { thinking, tools }: ChatFormat): boolean {
  return tools.kind !== 'harmony' && prompt.trimEnd().endsWith(thinking.open);
}

/** What ends thinking that a template has opened although none was wanted. */
export function closedThinking(prompt: string, { thinking }: ChatFormat): string {
  return `${prompt.endsWith('\n') ? '' : '\n'}\n${thinking.close}\n\n`;
}
