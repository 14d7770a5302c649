import { createSignal } from 'solid-js';
import { readPreference, writePreference } from '../lib/preferences.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The key that public/theme.js reads before the first paint. */
const key = 'theme';

function readTheme(): Theme {
  return themes.find((theme) => theme === readPreference(key)) ?? 'system';
}

/** What surrounds the page on a phone: its ground, as index.html names it for either scheme. */
const barColours = { light: '#f3f6fa', dark: '#0b0f13' };

function paintBars(theme: Theme): void {
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light';
    meta.content = barColours[theme === 'system' ? own : theme];
  }
}

const [chosen, setChosen] = createSignal<Theme>(readTheme());
paintBars(chosen());

export const theme = chosen;

export function chooseTheme(next: Theme): void {
  setChosen(next);
  paintBars(next);
  writePreference(key, next === 'system' ? null : next);
  if (next === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = next;
}
