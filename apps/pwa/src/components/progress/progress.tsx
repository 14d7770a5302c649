import './progress.css';
import { createMemo, type JSX } from 'solid-js';
import { formatPercent } from '../../lib/format.ts';

export interface ProgressProps {
  readonly label: string;
  /** 0 to 1; null while nobody knows. */
  readonly value: number | null;
}

/** A thin line that moves steadily and never backwards. */
export function Progress(props: ProgressProps): JSX.Element {
  const furthest = createMemo<number>((before) => Math.min(1, Math.max(before, props.value ?? 0)), 0);
  const known = (): boolean => props.value !== null;
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={props.label}
      aria-valuemin="0"
      aria-valuemax="1"
      aria-valuenow={known() ? furthest() : undefined}
      aria-valuetext={known() ? formatPercent(furthest()) : undefined}
      data-unknown={known() ? undefined : ''}
    >
      <div class="progress-fill" style={{ scale: `${known() ? furthest() : 0.3} 1` }} />
    </div>
  );
}
