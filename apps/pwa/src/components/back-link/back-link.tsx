import './back-link.css';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import type { JSX } from 'solid-js';

export interface BackLinkProps {
  readonly href: string;
  /** The page it leads to, by its name. */
  readonly label: string;
}

/** The way back to the page that this one belongs to. */
export function BackLink(props: BackLinkProps): JSX.Element {
  return (
    <a class="back-link" href={props.href}>
      <ChevronLeft />
      {props.label}
    </a>
  );
}
