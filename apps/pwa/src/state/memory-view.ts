import type { MemoryBudget, MemoryEstimate } from '@impetus/contracts/memory';
import type { RunnerStatus } from '@impetus/contracts/models';
import type { MemorySample } from '@impetus/contracts/state';
import { formatBytes } from '../lib/format.ts';

export type MemoryKind = 'weights' | 'kv' | 'compute' | 'models' | 'leaving' | 'agent' | 'system';

/** One stretch of the memory bar. */
export interface MemorySegment {
  readonly kind: MemoryKind;
  readonly label: string;
  readonly bytes: number;
}

/** Where a model would lie that is not in memory, or not as it would be held then. */
export interface MemoryOutline {
  readonly label: string;
  /** Where it begins: behind the models that stay. */
  readonly startBytes: number;
  readonly totalBytes: number;
  readonly parts: readonly MemorySegment[];
  readonly fits: boolean;
}

/**
 * The memory of the Mac as one picture: models grow from the left towards their limit, the system from the
 * right, and what lies between is free. All in bytes.
 */
export interface MemoryView {
  readonly total: number;
  readonly free: number;
  readonly budget: MemoryBudget;
  /** From the left. */
  readonly models: readonly MemorySegment[];
  /** From the right, in the order in which they stand. */
  readonly others: readonly MemorySegment[];
  readonly outline: MemoryOutline | null;
}

/** A model that the picture is about. */
export interface ModelInQuestion {
  readonly modelId: string;
  readonly estimate: MemoryEstimate;
  /** Whether it is held like this now. */
  readonly held: boolean;
  readonly fits: boolean;
  /** The models that would be unloaded for it. */
  readonly evicts: readonly string[];
}

type Runners = readonly RunnerStatus[];

/** Who holds the memory, and where the model in question lies or would lie. */
export function viewMemory(
  memory: MemorySample,
  runners: Runners,
  nameOf: (modelId: string) => string,
  question?: ModelInQuestion,
): MemoryView {
  const present = runners.filter(isHeld);
  const models =
    question === undefined ? byPart(present.map(partsOf)) : aroundQuestion(present, question, nameOf);
  const others = notModels(memory, sum(present.map(bytesOf)));
  const held = sum(present.map(bytesOf));
  return {
    total: memory.totalBytes,
    free: Math.max(0, memory.totalBytes - held - sumOf(others)),
    budget: memory.budget,
    models,
    others,
    outline: question === undefined || question.held ? null : outlineOf(present, question, nameOf),
  };
}

function isHeld({ state, residentBytes }: RunnerStatus): boolean {
  return state === 'starting' || state === 'ready' || state === 'stopping' || (residentBytes ?? 0) > 0;
}

/** What a runner takes for its model: the estimate that the agent reckons with, else what was measured. */
function partsOf({ estimate, residentBytes }: RunnerStatus): MemoryEstimate {
  if (estimate !== null) return estimate;
  const bytes = residentBytes ?? 0;
  return { weightsBytes: bytes, kvBytes: 0, computeBytes: 0, totalBytes: bytes };
}

function bytesOf(runner: RunnerStatus): number {
  return partsOf(runner).totalBytes;
}

function byPart(estimates: readonly MemoryEstimate[]): readonly MemorySegment[] {
  const weights = sum(estimates.map(({ weightsBytes }) => weightsBytes));
  const kv = sum(estimates.map(({ kvBytes }) => kvBytes));
  // The total may count more than its parts name.
  const compute = Math.max(0, sum(estimates.map(({ totalBytes }) => totalBytes)) - weights - kv);
  const parts: readonly MemorySegment[] = [
    { kind: 'weights', label: 'Weights', bytes: weights },
    { kind: 'kv', label: 'KV cache', bytes: kv },
    { kind: 'compute', label: 'Working memory', bytes: compute },
  ];
  return parts.filter(({ bytes }) => bytes > 0);
}

/** What can be given back lies next to what is free, so that a model that takes both is one stretch. */
function aroundQuestion(
  present: Runners,
  question: ModelInQuestion,
  nameOf: (modelId: string) => string,
): readonly MemorySegment[] {
  const staying = stayingBeside(present, question);
  const leaving = present.filter(({ modelId }) => question.evicts.includes(modelId));
  return [
    ...(question.held ? byPart([question.estimate]) : []),
    ...lump('models', staying.length === 1 ? nameOf(staying[0]?.modelId ?? '') : 'Other models', staying),
    ...leaving.flatMap((runner) => lump('leaving', `${nameOf(runner.modelId)}, unloaded`, [runner])),
  ];
}

function stayingBeside(present: Runners, { modelId, evicts }: ModelInQuestion): Runners {
  return present.filter((runner) => runner.modelId !== modelId && !evicts.includes(runner.modelId));
}

function lump(kind: MemoryKind, label: string, runners: Runners): readonly MemorySegment[] {
  return runners.length === 0 ? [] : [{ kind, label, bytes: sum(runners.map(bytesOf)) }];
}

function outlineOf(
  present: Runners,
  question: ModelInQuestion,
  nameOf: (modelId: string) => string,
): MemoryOutline {
  const staying = stayingBeside(present, question);
  return {
    label: nameOf(question.modelId),
    startBytes: sum(staying.map(bytesOf)),
    totalBytes: question.estimate.totalBytes,
    parts: byPart([question.estimate]),
    fits: question.fits,
  };
}

/** What neither a model nor IMPETUS holds, and what is not free, is the system's. */
function notModels(memory: MemorySample, modelBytes: number): readonly MemorySegment[] {
  const { totalBytes, availableBytes, agentResidentBytes, runnersResidentBytes } = memory;
  const ours = agentResidentBytes + runnersResidentBytes;
  const system = Math.max(0, totalBytes - availableBytes - ours);
  // What the processes of the runners take beside their models.
  const agent = agentResidentBytes + Math.max(0, runnersResidentBytes - modelBytes);
  return [
    { kind: 'agent', label: 'IMPETUS', bytes: agent },
    { kind: 'system', label: 'System and other apps', bytes: system },
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function sumOf(segments: readonly MemorySegment[]): number {
  return sum(segments.map(({ bytes }) => bytes));
}

/** How much of their limit the models take. */
export function budgetWords({ usedBytes, limitBytes }: MemoryBudget): string {
  return `Models take ${formatBytes(usedBytes)} of ${formatBytes(limitBytes)}`;
}

const sources: Record<MemoryBudget['source'], string> = {
  gpu: 'The limit is what the driver of this Mac’s GPU recommends.',
  free: 'The limit is the memory that is free, so it moves with what other apps take.',
  setting: 'The limit is the one set by you.',
};

/** Where the limit comes from. */
export function sourceWords({ source }: MemoryBudget): string {
  return sources[source];
}
