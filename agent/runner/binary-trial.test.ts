import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const hook = new URL('binary-trial.ts', import.meta.url).href;
const library = new URL('bindings/utils/testBindingBinary.js', import.meta.resolve('node-llama-cpp')).href;

/** In a process of its own: what another test has imported already, no hook changes. */
const program = `
  const { leaveOutBinaryTrial } = await import(${JSON.stringify(hook)});
  leaveOutBinaryTrial();
  const { testBindingBinary } = await import(${JSON.stringify(library)});
  process.stdout.write(String(await testBindingBinary('there is no such binary')));
`;

it('what node-llama-cpp would try its binary with says yes at once, where this release has it', () => {
  const cwd = fileURLToPath(new URL('.', import.meta.url));
  const args = ['--input-type=module', '--eval', program];
  expect(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })).toBe('true');
});
