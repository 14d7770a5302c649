import type { AgentProcess } from '@impetus/test-kit';
import { Upload, type DetailedError } from 'tus-js-client';

export interface SendingOptions {
  readonly agent: Pick<AgentProcess, 'url'>;
  readonly authorization: string;
  readonly filename: string;
  readonly content: Buffer;
  readonly metadata?: Record<string, string>;
  /** Where to go on. */
  readonly url?: string | null;
  /** Breaks off once this much was taken. */
  readonly cutAt?: number | undefined;
}

/** Sends as the page does. Resolves with the place of the upload; rejects with what the agent said. */
export function sendUpload(options: SendingOptions): Promise<string> {
  const { agent, authorization, filename, content, metadata = {}, url = null, cutAt } = options;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const upload = new Upload(content, {
    endpoint: `${agent.url}/uploads`,
    uploadUrl: url,
    chunkSize: 64 * 1024,
    retryDelays: null,
    headers: { authorization },
    metadata: { filename, ...metadata },
    onSuccess: () => resolve(upload.url ?? ''),
    onError: (error) =>
      reject(new Error((error as DetailedError).originalResponse?.getBody() || error.message)),
    onChunkComplete: (_, sent) => {
      if (cutAt === undefined || sent < cutAt) return;
      void upload.abort().then(() => resolve(upload.url ?? ''));
    },
  });
  upload.start();
  return promise;
}
