import type { ManifestOptions } from 'vite-plugin-pwa';

/** What a phone or a laptop reads when it installs the page. */
export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'IMPETUS',
  short_name: 'IMPETUS',
  description: 'Chat with the models on your Mac and steer what it runs, from any device.',
  lang: 'en',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  orientation: 'any',
  theme_color: '#f3f6fa',
  background_color: '#f3f6fa',
  categories: ['productivity', 'utilities'],
  icons: [
    { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
    { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  shortcuts: [
    { name: 'New conversation', url: '/?new', icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] },
    { name: 'Models', url: '/models', icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] },
    { name: 'System', url: '/system', icons: [{ src: '/icons/icon-192.png', sizes: '192x192' }] },
  ],
};
