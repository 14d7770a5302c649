import { accessSync, constants, mkdirSync } from 'node:fs';

/** Makes a folder that only its owner can enter, unless there is one, and checks that it can be written to. */
export function ensurePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
}
