// Plain JavaScript, so that what strips types off TypeScript is not loaded for this file: with a warm cache it is not
// loaded at all, which saves some 20 MB and the time it takes.
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

// Compiled code is kept from one start to the next; and the garbage that loading makes must not grow the young
// generation, which would keep those 10 MB for as long as the agent runs.
enableCompileCache();
setFlagsFromString('--semi-space-growth-factor=1');
await import('./src/main.ts');
