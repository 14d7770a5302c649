/** Line drawings of 24 by 24, as the app's own icons are. */
const drawings = {
  download: '<path d="M12 3v12"/><path d="m7 10 5 5 5-5"/><path d="M5 21h14"/>',
  settings:
    '<path d="M4 6h10"/><path d="M18 6h2"/><circle cx="16" cy="6" r="2"/><path d="M4 12h2"/><path d="M10 12h10"/><circle cx="8" cy="12" r="2"/><path d="M4 18h8"/><path d="M16 18h4"/><circle cx="14" cy="18" r="2"/>',
  fingerprint:
    '<path d="M12 10a2 2 0 0 0-2 2c0 1 0 2.5-.3 4"/><path d="M14 13.1c0 2.4 0 6.4-1 8.900"/><path d="M17.3 21c.1-.6.4-2.3.5-3"/><path d="M2 12a10 10 0 0 1 18-6"/><path d="M2 16h0"/><path d="M21.8 16c.2-2 .1-5.4 0-6"/><path d="M5 19.5C5.5 18 6 15 6 12a6 6 0 0 1 .3-2"/><path d="M8.7 22c.2-.7.5-1.3.6-2"/><path d="M9 6.8a6 6 0 0 1 9 5.2v2"/>',
  switch: '<rect x="2" y="6" width="20" height="12" rx="6"/><circle cx="16" cy="12" r="3"/>',
  home: '<rect x="6" y="2" width="12" height="20" rx="3"/><path d="M12 8v6"/><path d="M9 11h6"/><path d="M11 18.5h2"/>',
  check: '<circle cx="12" cy="12" r="9"/><path d="m8.5 12.2 2.4 2.4 4.6-5"/>',
  lock: '<rect x="5" y="11" width="14" height="10" rx="2"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/>',
} as const;

export type IconName = keyof typeof drawings;

/** An icon, which says nothing to screen readers: the words beside it do. */
export function icon(name: IconName): string {
  return `<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${drawings[name]}</svg>`;
}

export const mark =
  '<svg viewBox="0 0 32 32" width="22" height="22" fill="currentColor" aria-hidden="true"><path d="M2 2h29l-7 5H14.5v18H20v5H2v-5h5.5V7H2z"/></svg>';
