import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { leaveOutBinaryTrial } from './binary-trial.ts';

it('what node-llama-cpp would try its binary with says yes at once, where this release has it', async () => {
  leaveOutBinaryTrial();
  const entry = createRequire(import.meta.url).resolve('node-llama-cpp');
  const trial = new URL('bindings/utils/testBindingBinary.js', `file://${entry}`).href;
  const { testBindingBinary } = (await import(trial)) as {
    testBindingBinary: (path: string) => Promise<boolean>;
  };
  expect(await testBindingBinary('there is no such binary')).toBe(true);
});
