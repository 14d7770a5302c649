import type {
  ModelBenchmark,
  ModelDetail,
  ModelMarks,
  ReclaimReport,
  RemovalPlan,
  RemovalResult,
} from '@impetus/contracts/library';
import { api } from './client.ts';

interface Query<Input, Output> {
  readonly query: (input: Input) => Promise<Output>;
}
interface Mutation<Input, Output = void> {
  readonly mutate: (input: Input) => Promise<Output>;
}

/** The library's procedures as the page calls them. */
interface LibraryApi {
  readonly library: {
    readonly mark: Mutation<{ ids: string[]; marks: Partial<ModelMarks> }>;
    readonly detail: Query<{ id: string }, ModelDetail>;
    readonly removalPlan: Query<{ ids: string[] }, RemovalPlan>;
    readonly remove: Mutation<{ token: string; unload: boolean }, RemovalResult>;
    readonly restore: Mutation<{ undo: string }>;
    readonly reclaim: Query<void, ReclaimReport>;
  };
  readonly uploads: { readonly drop: Mutation<{ id: string }> };
  readonly benchmarks: {
    readonly list: Query<{ id: string }, readonly ModelBenchmark[]>;
    readonly start: Mutation<{ id: string }>;
    readonly stop: Mutation<{ benchmarkId: string }>;
  };
}

export const libraryApi = api as unknown as LibraryApi;
