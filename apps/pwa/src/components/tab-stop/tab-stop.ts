import { createContext, useContext, type Accessor } from 'solid-js';

/**
 * Whether the Tab key stops at what stands inside. In a long list only one row is stopped at, or nobody would ever
 * get past it; undefined: as everywhere else.
 */
export const TabStop = createContext<Accessor<boolean | undefined>>(() => undefined);

export function useTabStop(): Accessor<boolean | undefined> {
  return useContext(TabStop);
}

/** The tabindex of a control: none of its own, unless it stands in a row that is not stopped at. */
export function useTabIndex(): Accessor<number | undefined> {
  const stops = useTabStop();
  return () => (stops() === false ? -1 : undefined);
}
