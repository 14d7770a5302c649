import './digits.css';
import type { JSX } from 'solid-js';
import { groupDigits } from '../../lib/digits.ts';

export interface DigitsProps {
  /** What the digits are, for those who hear them. */
  readonly label: string;
  readonly digits: string;
  /** How many stand together. */
  readonly group: number;
}

/** Digits to compare or to type elsewhere: large, in groups, read one by one. */
export function Digits(props: DigitsProps): JSX.Element {
  return (
    <p class="digits">
      <span class="visually-hidden">
        {props.label}: {[...props.digits].join(' ')}
      </span>
      <span aria-hidden="true">{groupDigits(props.digits, props.group)}</span>
    </p>
  );
}
