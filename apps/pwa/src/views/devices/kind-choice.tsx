import { type DeviceKind } from '@impetus/contracts/devices';
import { createUniqueId, For, type JSX } from 'solid-js';
import { KindIcon } from '../../components/kind-icon/kind-icon.tsx';
import { kindWords } from '../../state/device-words.ts';
import './kind-choice.css';

const kinds = Object.keys(kindWords) as DeviceKind[];

/** What kind of device it is: for its picture, and for the guide that it gets. */
export function KindChoice(props: {
  readonly value: DeviceKind;
  readonly onChange: (kind: DeviceKind) => void;
}): JSX.Element {
  const name = createUniqueId();
  return (
    <fieldset class="kind-choice">
      <legend>Kind</legend>
      <For each={kinds}>
        {(kind) => (
          <label>
            <input
              type="radio"
              name={name}
              checked={props.value === kind}
              onChange={() => props.onChange(kind)}
            />
            <span>
              <KindIcon kind={kind} />
              {kind === 'other' ? 'Other' : kindWords[kind]}
            </span>
          </label>
        )}
      </For>
    </fieldset>
  );
}
