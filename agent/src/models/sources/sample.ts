import { dirname } from 'node:path';
import { stampOf } from '../files/stamp.ts';
import { sampleModelId } from '../sample.ts';
import { noFinds, type Source } from './types.ts';

/** The agent's own model, which is always in the list. */
export function sampleSource(path: string): Source {
  const folder = dirname(path);
  return {
    source: 'sample',
    folder,
    async find() {
      const stamp = await stampOf(path);
      if (stamp === null) return noFinds;
      const model = {
        wanted: [sampleModelId],
        source: 'sample',
        folder,
        format: 'gguf',
        files: [stamp],
        missing: [],
        wholeFolder: null,
        name: null,
        origin: null,
        licence: null,
        hashes: new Map<string, string>(),
        facts: null,
      } as const;
      return { ...noFinds, models: [model] };
    },
  };
}
