import { randomUUID } from 'node:crypto';
import { rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ImpetusError, toImpetusError, type RemovalPlan, type RemovalResult } from '@impetus/contracts';
import { z } from 'zod';
import type { Db } from '../../db/connection.ts';
import type { Bin, Binned } from '../../platform/bin/index.ts';

/** Undoing is offered for this long; the bin itself keeps things until it is emptied. */
const keptDays = 60;

const storedSchema = z.array(z.object({ from: z.string(), to: z.string(), info: z.string().nullable() }));

export interface RemoverOptions {
  readonly db: Db;
  readonly bin: Bin;
}

/** Takes files away as a plan says, and brings them back. */
export class Remover {
  readonly #options: RemoverOptions;

  constructor(options: RemoverOptions) {
    this.#options = options;
  }

  /**
   * All of a model or nothing of it: where one file cannot go, those before it come back, and the other models go all
   * the same. Throws only where none went.
   */
  async carryOut(plan: RemovalPlan, rootOf: (modelId: string) => string): Promise<RemovalResult> {
    const removed: RemovalPlan['models'][number][] = [];
    const binned: Binned[] = [];
    const failures: ImpetusError[] = [];
    for (const model of plan.models) {
      if (model.refusal !== null) continue;
      const paths = model.files.map(({ path }) => path);
      try {
        if (plan.to === 'bin') binned.push(...(await this.#bin(model.name, paths)));
        else await deleteAll(model.name, paths);
        await tidy(paths, rootOf(model.id));
        removed.push(model);
      } catch (error) {
        failures.push(toImpetusError(error));
      }
    }
    const [failure] = failures;
    if (removed.length === 0 && failure !== undefined) throw failure;
    return {
      removed: removed.map(({ id }) => id),
      freedBytes: removed.flatMap(({ files }) => files).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      failures: failures.map(({ message }) => message),
      undo: await this.#remember(binned),
    };
  }

  /** Throws `not_found` for an undo that is not known, `conflict` where something else is in a place by now. */
  async restore(undo: string): Promise<readonly string[]> {
    const row = await this.#options.db
      .selectFrom('removals')
      .select('value')
      .where('id', '=', undo)
      .executeTakeFirst();
    if (row === undefined) {
      throw new ImpetusError('not_found', 'This removal is not known any more. Look into the bin yourself.');
    }
    const items = storedSchema.parse(JSON.parse(row.value));
    for (const [index, item] of items.entries()) {
      try {
        await this.#options.bin.restore(item);
      } catch (error) {
        // What is back is not asked of the bin again.
        await this.#keep(undo, items.slice(index));
        throw restoreFailure(item, error as NodeJS.ErrnoException);
      }
    }
    await this.#options.db.deleteFrom('removals').where('id', '=', undo).execute();
    return items.map(({ from }) => from);
  }

  async #bin(name: string, paths: readonly string[]): Promise<readonly Binned[]> {
    const binned: Binned[] = [];
    try {
      for (const path of paths) binned.push(await this.#options.bin.put(path));
      return binned;
    } catch (error) {
      for (const item of binned.toReversed()) await this.#options.bin.restore(item).catch(() => {});
      throw refused(name, error);
    }
  }

  async #keep(undo: string, items: readonly Binned[]): Promise<void> {
    const value = JSON.stringify(items);
    await this.#options.db.updateTable('removals').set({ value }).where('id', '=', undo).execute();
  }

  async #remember(binned: readonly Binned[]): Promise<string | null> {
    if (binned.length === 0) return null;
    const { db } = this.#options;
    const id = randomUUID();
    const now = new Date();
    const oldest = new Date(now.getTime() - keptDays * 86_400_000).toISOString();
    await db.deleteFrom('removals').where('removed_at', '<', oldest).execute();
    await db
      .insertInto('removals')
      .values({ id, removed_at: now.toISOString(), value: JSON.stringify(binned) })
      .execute();
    return id;
  }
}

async function deleteAll(name: string, paths: readonly string[]): Promise<void> {
  for (const [gone, path] of paths.entries()) {
    await rm(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return;
      if (gone === 0) throw refused(name, error);
      throw new ImpetusError(
        'conflict',
        `${name} was removed in part: ${gone} of its ${paths.length} files are gone, and ${path} cannot be removed (${error.code}).`,
        { cause: error },
      );
    });
  }
}

/** Takes folders away that nothing is left in, up to the watched one. */
async function tidy(paths: readonly string[], root: string): Promise<void> {
  for (const path of paths) {
    for (let folder = dirname(path); folder.startsWith(`${root}/`); folder = dirname(folder)) {
      if (
        !(await rmdir(folder).then(
          () => true,
          () => false,
        ))
      )
        break;
    }
  }
}

function refused(name: string, error: unknown): ImpetusError {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return new ImpetusError(
    'conflict',
    `${name} was not removed: one of its files cannot be moved (${code}). All of it is where it was.`,
    { cause: error },
  );
}

function restoreFailure(item: Binned, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EEXIST')
    return new ImpetusError('conflict', `Something else is at ${item.from} by now. Move it away first.`);
  if (error.code === 'ENOENT')
    return new ImpetusError('not_found', `${item.from} is not in the bin any more: it was emptied.`);
  return error;
}
