import type { Readable } from 'node:stream';
import { FileStore } from '@tus/file-store';
import type { Arrival } from './arrival.ts';

export interface ModelStoreOptions {
  readonly folder: string;
  /** The arrival of an upload; undefined for one that nobody knows. */
  readonly arrivalOf: (id: string) => Arrival | undefined;
  readonly onProgress: (id: string, received: number) => void;
  /** What one request brought of it is on the disk. */
  readonly onEnd: (id: string) => void;
  /** Its sender wants it no more. */
  readonly onRemove: (id: string) => Promise<void>;
}

/** tus's store of files, with every byte hashed and checked on its way to the disk. */
export class ModelStore extends FileStore {
  readonly #options: ModelStoreOptions;

  constructor(options: ModelStoreOptions) {
    super({ directory: options.folder });
    this.#options = options;
    // A length that comes later could not be weighed against the disk.
    this.extensions = ['creation', 'creation-with-upload', 'termination'];
  }

  override async write(readable: Readable, id: string, offset: number): Promise<number> {
    const arrival = this.#options.arrivalOf(id);
    if (arrival === undefined) return super.write(readable, id, offset);
    const { onProgress, onEnd } = this.#options;
    const told = (received: number) => onProgress(id, received);
    try {
      return await arrival.write(readable as AsyncIterable<Uint8Array>, offset, told);
    } finally {
      onEnd(id);
    }
  }

  override async remove(id: string): Promise<void> {
    await this.#options.onRemove(id);
  }
}
