import './secret.css';
import type { JSX } from 'solid-js';
import { CopyButton } from '../../components/copy-button/copy-button.tsx';

export interface SecretProps {
  /** What it is: “the key”. */
  readonly what: string;
  readonly secret: string;
  readonly children?: JSX.Element;
}

/** A secret that is shown this once, to be copied. */
export function Secret(props: SecretProps): JSX.Element {
  return (
    <div class="secret">
      <p class="secret-once">
        Copy it now: it is not shown again, and the Mac keeps nothing that it could be made from.
      </p>
      <div class="secret-line">
        {/* One tap selects all of it, where copying is not allowed. */}
        <output class="secret-text mono" aria-label={props.what}>
          {props.secret}
        </output>
        <CopyButton text={props.secret} what={props.what} kind="primary" />
      </div>
      {props.children}
    </div>
  );
}
