import type { ModelEntry } from '@impetus/contracts/models';

/** A model for tests, with what matters to them. */
export function modelWith(some: Partial<ModelEntry> & Pick<ModelEntry, 'id'>): ModelEntry {
  return {
    name: some.id,
    kind: 'chat',
    format: 'gguf',
    source: 'folder',
    folder: '/models',
    path: `/models/${some.id}.gguf`,
    files: [],
    missing: [],
    sizeBytes: 1e9,
    modifiedAt: '2026-01-01T00:00:00.000Z',
    architecture: 'llama',
    family: 'Llama',
    parameters: 1e9,
    quant: 'Q4_K_M',
    contextLength: 8_192,
    licence: null,
    capabilities: ['chat'],
    origin: null,
    sha256: null,
    duplicates: [],
    problem: null,
    whatToDo: null,
    removable: true,
    aliases: [],
    tags: [],
    favourite: false,
    notes: '',
    ...some,
  };
}
