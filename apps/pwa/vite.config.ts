import { env } from 'node:process';
import { defineConfig, type ProxyOptions } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import solid from 'vite-plugin-solid';
import { manifest } from './manifest.ts';
import { precompress } from './scripts/precompress.ts';

const agent = `http://localhost:${env['IMPETUS_HTTP_PORT'] ?? '8080'}`;

/** The agent refuses foreign Hosts and Origins, so the proxy speaks as a page of the agent's own would. */
function toAgent(options: ProxyOptions = {}): ProxyOptions {
  return { target: agent, changeOrigin: true, headers: { origin: agent }, ...options };
}

export default defineConfig({
  plugins: [
    solid(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,ico,png}'],
        globIgnores: ['screenshots/**'],
      },
    }),
    precompress(),
  ],
  build: {
    target: ['chrome123', 'safari17.5', 'firefox125'],
    // scripts/size.ts reads which chunk needs which.
    manifest: true,
  },
  server: {
    proxy: {
      '/trpc': toAgent({ ws: true }),
      '/v1': toAgent(),
      '/uploads': toAgent(),
      '/audit.jsonl': toAgent(),
    },
  },
});
