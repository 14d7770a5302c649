import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../config/secret.ts';
import { ensurePrivateFolder } from '../platform/private-folder.ts';
import { writePrivateFile } from '../platform/private-file.ts';

const fileName = 'hub-token';

/** The token for the Hub, apart from all settings, in a file that only its owner can read. */
export class TokenStore {
  readonly #folder: string;
  readonly #configured: Secret | null;
  #stored: Secret | null;

  constructor(folder: string, configured: Secret | null) {
    this.#folder = folder;
    this.#configured = configured;
    this.#stored = readToken(join(folder, fileName));
  }

  /** What the owner typed in goes before what the operator configured. */
  get source(): 'none' | 'stored' | 'environment' {
    if (this.#stored !== null) return 'stored';
    return this.#configured === null ? 'none' : 'environment';
  }

  token(): Secret | null {
    return this.#stored ?? this.#configured;
  }

  set(token: string): void {
    ensurePrivateFolder(this.#folder);
    writePrivateFile(join(this.#folder, fileName), token);
    this.#stored = new Secret(token);
  }

  clear(): void {
    rmSync(join(this.#folder, fileName), { force: true });
    this.#stored = null;
  }
}

function readToken(path: string): Secret | null {
  try {
    const token = readFileSync(path, 'utf8').trim();
    return token === '' ? null : new Secret(token);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
