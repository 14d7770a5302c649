import type { Download } from '@impetus/contracts/downloads';

/** A download for tests, with what matters to them. */
export function downloadWith(some: Partial<Download> = {}): Download {
  return {
    id: 'd',
    repo: 'owner/name',
    revision: 'abc',
    key: 'Q4_K_M',
    quant: 'Q4_K_M',
    name: 'Qwen 7B',
    state: 'downloading',
    waitsFor: null,
    priority: 'normal',
    files: [],
    sizeBytes: 4e9,
    doneBytes: 1e9,
    bytesPerSecond: null,
    secondsLeft: null,
    connections: 0,
    failures: 0,
    retryAt: null,
    error: null,
    addedAt: '2026-01-01T10:00:00.000Z',
    finishedAt: null,
    modelId: null,
    ...some,
  };
}
