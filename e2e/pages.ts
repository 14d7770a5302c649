/** The pages that everybody who is signed in has. */
export const pages = [
  '/',
  '/models',
  '/models/impetus-sample',
  '/search',
  '/downloads',
  '/storage',
  '/system',
  '/requests',
  '/settings',
] as const;
