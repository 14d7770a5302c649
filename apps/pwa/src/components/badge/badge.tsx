import './badge.css';
import type { JSX } from 'solid-js';

/** A short fixed property of a thing, such as Default or Sample. */
export function Badge(props: { readonly children: JSX.Element }): JSX.Element {
  return <span class="badge">{props.children}</span>;
}
