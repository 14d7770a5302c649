import type { RunnerStatus } from '@impetus/contracts/models';
import type { MemorySample } from '@impetus/contracts/state';
import { formatBytes } from '../lib/format.ts';

/** One stretch of the memory bar. */
export interface MemorySegment {
  readonly kind: 'model' | 'agent' | 'system';
  readonly label: string;
  readonly bytes: number;
}

/** A model that is not in memory, drawn as an outline over what it would take. */
export interface Candidate {
  readonly label: string;
  readonly bytes: number;
  readonly fit: 'fits' | 'after-unloading' | 'too-large';
  /** The models that would have to go first. */
  readonly instead: readonly string[];
}

/** The memory of the Mac as one picture. All in bytes. */
export interface MemoryView {
  readonly total: number;
  readonly free: number;
  readonly segments: readonly MemorySegment[];
}

/** Who holds the memory. What neither a model nor the agent holds, and what is not free, is the system's. */
export function viewMemory(
  memory: MemorySample,
  runners: readonly RunnerStatus[],
  nameOf: (modelId: string) => string,
): MemoryView {
  const { totalBytes: total, availableBytes: free, agentResidentBytes } = memory;
  const models = runners
    .filter(({ residentBytes }) => residentBytes !== null && residentBytes > 0)
    .map(({ modelId, residentBytes }): MemorySegment => {
      return { kind: 'model', label: nameOf(modelId), bytes: residentBytes ?? 0 };
    });
  const held = models.reduce((sum, { bytes }) => sum + bytes, 0) + agentResidentBytes;
  const system = Math.max(0, total - free - held);
  return {
    total,
    free,
    // What can be given back lies next to what is free, so that a model that takes both is one stretch.
    segments: [
      { kind: 'system', label: 'System and other apps', bytes: system },
      { kind: 'agent', label: 'IMPETUS', bytes: agentResidentBytes },
      ...models,
    ],
  };
}

/** Whether a model of this size finds room, and which loaded ones would have to go. Its weights alone are counted. */
export function fitOf(label: string, bytes: number, view: MemoryView): Candidate {
  if (bytes <= view.free) return { label, bytes, fit: 'fits', instead: [] };
  const instead: string[] = [];
  let room = view.free;
  const loaded = view.segments.filter(({ kind }) => kind === 'model');
  // The largest first: as few as possible have to go.
  for (const model of loaded.toSorted((a, b) => b.bytes - a.bytes)) {
    instead.push(model.label);
    room += model.bytes;
    if (bytes <= room) return { label, bytes, fit: 'after-unloading', instead };
  }
  return { label, bytes, fit: 'too-large', instead: [] };
}

const names = new Intl.ListFormat('en', { type: 'conjunction' });

/** The verdict in a sentence. */
export function fitWords({ bytes, fit, instead }: Candidate, { free }: MemoryView): string {
  const need = formatBytes(bytes);
  const room = formatBytes(free);
  switch (fit) {
    case 'fits':
      return `Fits: needs ${need} for its weights and some for its KV cache, ${room} are free.`;
    case 'after-unloading': {
      const verb = instead.length === 1 ? 'is' : 'are';
      return `Fits once ${names.format(instead)} ${verb} unloaded: needs ${need}, ${room} are free.`;
    }
    case 'too-large':
      return `Does not fit: needs ${need} for its weights alone, ${room} are free.`;
  }
}
