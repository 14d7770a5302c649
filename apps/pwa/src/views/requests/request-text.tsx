import type { CapturedText, RequestRecord } from '@impetus/contracts/records';
import { Show, type JSX } from 'solid-js';

export interface RequestTextProps {
  readonly record: RequestRecord;
  /** Undefined until it was fetched. */
  readonly text: CapturedText | null | undefined;
}

/** What was asked and answered, where the owner had it kept. */
export function RequestText(props: RequestTextProps): JSX.Element {
  return (
    <section class="request-detail-card">
      <h3>Text</h3>
      <Show when={props.text} fallback={<NoText isFetched={props.text === null} />}>
        {(text) => (
          <>
            <Show when={text().cut}>
              <p class="request-detail-note">It was too long to be kept whole: the rest is cut off.</p>
            </Show>
            <Passage label="Prompt" text={text().prompt} />
            <Passage label="Answer" text={text().answer} />
          </>
        )}
      </Show>
    </section>
  );
}

function NoText(props: { readonly isFetched: boolean }): JSX.Element {
  return (
    <p class="request-detail-note">
      <Show when={props.isFetched}>
        The text of this request is not kept. To keep that of requests to come, switch it on in{' '}
        <a class="request-detail-link" href="/settings">
          Settings
        </a>
        .
      </Show>
    </p>
  );
}

function Passage(props: { readonly label: string; readonly text: string }): JSX.Element {
  return (
    <div class="request-passage">
      <h4>{props.label}</h4>
      <Show when={props.text !== ''} fallback={<p class="request-detail-note">Empty</p>}>
        {/* Reachable by keyboard, because it scrolls. */}
        <div class="request-passage-text" tabindex="0" role="region" aria-label={props.label}>
          {props.text}
        </div>
      </Show>
    </div>
  );
}
