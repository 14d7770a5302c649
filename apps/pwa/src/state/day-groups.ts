import type { ConversationSummary } from './conversation.ts';

/** A group of conversations under one heading. */
export interface DayGroup {
  readonly heading: string;
  readonly items: readonly ConversationSummary[];
}

/** Latest first, under the day on which each was last used. `daysAgo` counts midnights. */
export function groupByDay(
  summaries: readonly ConversationSummary[],
  daysAgo: (at: number) => number,
): readonly DayGroup[] {
  const groups = new Map<string, ConversationSummary[]>();
  for (const summary of summaries.toSorted((a, b) => b.updatedAt - a.updatedAt)) {
    const heading = headingFor(daysAgo(summary.updatedAt));
    const items = groups.get(heading);
    if (items === undefined) groups.set(heading, [summary]);
    else items.push(summary);
  }
  return [...groups].map(([heading, items]) => ({ heading, items }));
}

function headingFor(daysAgo: number): string {
  if (daysAgo <= 0) return 'Today';
  if (daysAgo === 1) return 'Yesterday';
  return daysAgo < 7 ? 'This week' : 'Earlier';
}
