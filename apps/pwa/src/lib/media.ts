import { createSignal, onCleanup, type Accessor } from 'solid-js';

/** Whether a media query matches, as long as the caller lives. */
export function useMedia(query: string): Accessor<boolean> {
  const list = matchMedia(query);
  const [matches, setMatches] = createSignal(list.matches);
  const update = (): void => {
    setMatches(list.matches);
  };
  list.addEventListener('change', update);
  onCleanup(() => list.removeEventListener('change', update));
  return matches;
}

/** A keyboard on glass: Enter is a new line there, because nothing else is. */
export function hasTouchKeyboard(): boolean {
  return matchMedia('(hover: none) and (pointer: coarse)').matches;
}
