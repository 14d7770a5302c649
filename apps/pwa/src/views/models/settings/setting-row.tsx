import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import type { JSX } from 'solid-js';
import { IconButton } from '../../../components/icon-button/icon-button.tsx';

export interface SettingRowProps {
  readonly label: string;
  /** Whether something else than the default was chosen. */
  readonly chosen: boolean;
  readonly onReset: () => void;
  readonly children: JSX.Element;
}

/** A field with the way back to its default beside it; the room for that is kept, so that nothing moves. */
export function SettingRow(props: SettingRowProps): JSX.Element {
  return (
    <div class="setting-row">
      <div class="setting-row-field">{props.children}</div>
      <div class="setting-row-reset" data-chosen={props.chosen ? '' : undefined}>
        <IconButton label={`Use the default: ${props.label}`} size="small" onPress={props.onReset}>
          <RotateCcw />
        </IconButton>
      </div>
    </div>
  );
}
