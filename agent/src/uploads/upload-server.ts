import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdir } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ImpetusError, uploadsPath } from '@impetus/contracts';
import { Server } from '@tus/server';
import type { Audit } from '../auth/types.ts';
import { httpStatus } from '../errors.ts';
import type { Metadata } from './announced.ts';
import type { Arrival } from './arrival.ts';
import { auditedUpload } from './audited-upload.ts';
import { UploadLocks } from './locks.ts';
import { ModelStore } from './model-store.ts';
import type { Sender } from './types.ts';

/** Who keeps the uploads that come over tus. Every method may throw what the sender is to hear. */
export interface Receiver {
  /** Answers what tus is to keep beside the file. */
  begin(id: string, sizeBytes: number, given: Metadata, senderName: string): Promise<Metadata>;
  /** For the audit; the id where nobody knows it. */
  nameOf(id: string): string;
  /** Throws for one that is not known, or over. */
  expectOpen(id: string): void;
  arrivalOf(id: string): Arrival | undefined;
  progress(id: string, received: number): void;
  /** Its sender hears this error in place of an answer. */
  brokeOff(id: string, error: ImpetusError): Promise<void>;
  /** Its connection was cut: nothing more comes until somebody goes on with it. */
  cut(id: string): void;
  /** All of it is here. */
  finish(id: string): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface UploadServerOptions {
  readonly folder: string;
  readonly receiver: Receiver;
  readonly audit: Pick<Audit, 'record'>;
}

/** Who asks, in the request that is being answered. */
interface Asking {
  readonly sender: Sender;
  readonly request: IncomingMessage;
}

/** Speaks tus: what a client sends and hears, and the audit of it. */
export class UploadServer {
  readonly #options: UploadServerOptions;
  /** Made when somebody first asks: making it makes the folder, and the disk may be away. */
  #tus: Server | undefined;
  readonly #asking = new AsyncLocalStorage<Asking>();

  constructor(options: UploadServerOptions) {
    this.#options = options;
  }

  handle(request: IncomingMessage, response: ServerResponse, sender: Sender): Promise<void> {
    const tus = (this.#tus ??= this.#create());
    return this.#asking.run({ sender, request }, () => tus.handle(request, response));
  }

  #create(): Server {
    const { folder, receiver, audit } = this.#options;
    const audited = <T>(verb: 'create' | 'finish' | 'delete', subject: string, task: () => Promise<T>) =>
      auditedUpload(audit, { verb, subject, sender: this.#asking.getStore()?.sender }, task);
    return new Server({
      path: uploadsPath,
      locker: new UploadLocks(),
      relativeLocation: true,
      // Other origins were refused before.
      allowedOrigins: () => false,
      datastore: new ModelStore({
        folder,
        arrivalOf: (id) => receiver.arrivalOf(id),
        onProgress: (id, received) => receiver.progress(id, received),
        onEnd: (id) => {
          if (this.#asking.getStore()?.request.complete === false) receiver.cut(id);
        },
        onRemove: (id) => audited('delete', receiver.nameOf(id), () => receiver.remove(id)),
      }),
      onUploadCreate: async (_, { id, size, metadata = {} }) => {
        await mkdir(folder, { recursive: true });
        const sender = this.#asking.getStore()?.sender.principal.name ?? 'Somebody';
        const begin = () => receiver.begin(id, size ?? 0, metadata, sender);
        return { metadata: await audited('create', metadata['filename'] ?? id, begin) };
      },
      onIncomingRequest: async ({ method }, id) => {
        if (method !== 'POST') receiver.expectOpen(id);
      },
      onUploadFinish: async (_, { id }) => {
        await audited('finish', receiver.nameOf(id), () => receiver.finish(id));
        return {};
      },
      onResponseError: async ({ url }, error) => {
        if (!(error instanceof ImpetusError)) return undefined;
        await receiver.brokeOff(new URL(url).pathname.split('/').at(-1) ?? '', error);
        return refusal(error);
      },
    });
  }
}

/** What a client hears. Statuses that tus clients take for a passing trouble are kept from lasting refusals. */
function refusal(error: ImpetusError) {
  const status = error.code === 'conflict' ? 422 : httpStatus[error.code];
  return { status_code: status, body: JSON.stringify({ error: error.toWire() }) };
}
