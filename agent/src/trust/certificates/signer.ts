import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { signedSchema, type Signed, type SigningOrder } from './signing-order.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('./signing-process.ts', import.meta.url));

export type Sign = (order: SigningOrder) => Promise<Signed>;

/**
 * Makes a certificate, and an authority where there is none, in a process of its own: the library for it takes 35 MB
 * that a thread does not give back, and an agent signs a few times a year. The root's key ends with that process.
 */
export const signInProcess: Sign = async (order) => {
  const running = run(process.execPath, [program], { env: {}, maxBuffer: 1024 * 1024 });
  running.child.stdin?.end(JSON.stringify(order));
  const { stdout } = await running;
  return signedSchema.parse(JSON.parse(stdout));
};
