import type { JSX } from 'solid-js';
import { Segmented } from '../../components/segmented/segmented.tsx';
import { chooseTheme, theme, type Theme } from '../../state/theme.ts';

const options: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** Light, dark, or as the device has it. */
export function Appearance(): JSX.Element {
  return (
    <div class="system-setting">
      <p>Appearance</p>
      <Segmented label="Appearance" options={options} value={theme()} onChange={chooseTheme} />
    </div>
  );
}
