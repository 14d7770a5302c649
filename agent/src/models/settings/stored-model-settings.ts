import { defaultModelSettings, modelSettingsSchema, type ModelSettings } from '@impetus/contracts';
import type { Db } from '../../db/connection.ts';
import { oneAtATime } from '../../db/one-at-a-time.ts';
import { readStoredObject } from '../../db/stored-object.ts';
import type { EventBus } from '../../events/bus.ts';
import type { Log } from '../../log/types.ts';
import type { ModelSettingsStore } from '../types.ts';
import { assertFree, ownerOf, ownersOf } from './aliases.ts';

const aliasesSchema = modelSettingsSchema.shape.aliases;

/** What was chosen for a model; the rest has its default. */
type Choices = Partial<ModelSettings>;

export interface StoredModelSettingsOptions {
  readonly db: Db;
  readonly bus: EventBus;
  readonly log: Log;
  /** Whether a model of this id is in the library. */
  readonly exists: (modelId: string) => boolean;
}

/**
 * The settings of each model, held in memory because this process alone writes them. They outlive the model's
 * file: a disk that comes back finds its models as they were.
 */
export class StoredModelSettings implements ModelSettingsStore {
  readonly #options: StoredModelSettingsOptions;
  readonly #inTurn = oneAtATime();
  #choices: ReadonlyMap<string, Choices> = new Map();
  #owners: ReadonlyMap<string, string> = new Map();

  private constructor(options: StoredModelSettingsOptions) {
    this.#options = options;
  }

  static async open(options: StoredModelSettingsOptions): Promise<StoredModelSettings> {
    const { db, log } = options;
    const store = new StoredModelSettings(options);
    const rows = await db.selectFrom('model_settings').selectAll().orderBy('model_id').execute();
    const choices = rows.map(({ model_id: model, value }) => {
      const { values, invalid } = readStoredObject(modelSettingsSchema, value);
      if (invalid?.length !== 0)
        log.warn({ model, invalid }, 'Stored settings are not valid; defaults hold.');
      return [model, values] as const;
    });
    store.#hold(new Map(choices));
    return store;
  }

  get(modelId: string): ModelSettings {
    return { ...defaultModelSettings, ...this.#choices.get(modelId) };
  }

  modelOf(alias: string): string | undefined {
    return ownerOf(alias, this.#owners);
  }

  has(modelId: string): boolean {
    return this.#choices.has(modelId);
  }

  move(from: string, to: string): Promise<void> {
    return this.#inTurn(async () => {
      const { aliases = [], ...choices } = this.#choices.get(from) ?? {};
      // Whoever still asks for the old name finds the model under it.
      const names = aliasesSchema.safeParse([...aliases, from]).data ?? aliases;
      const changed = new Map([[to, { ...choices, aliases: names }]]);
      await this.#write(changed);
      await this.#options.db.deleteFrom('model_settings').where('model_id', '=', from).execute();
      const moved = new Map<string, Choices>([...this.#choices, ...changed]);
      moved.delete(from);
      this.#hold(moved);
    });
  }

  update(modelId: string, changes: Partial<ModelSettings>): Promise<ModelSettings> {
    return this.#inTurn(async () => {
      const aliases = [...new Set(changes.aliases)];
      assertFree({ modelId, aliases, owners: this.#owners, exists: this.#options.exists });
      const changed = new Map<string, Choices>(this.#withoutAliases(modelId, aliases));
      changed.set(modelId, {
        ...this.#choices.get(modelId),
        ...changes,
        ...(changes.aliases !== undefined && { aliases }),
      });
      await this.#write(changed);
      this.#hold(new Map([...this.#choices, ...changed]));
      for (const id of changed.keys()) this.#options.bus.emit('model-settings-changed', { modelId: id });
      return this.get(modelId);
    });
  }

  /** Models that are gone lose the aliases that another one takes. */
  #withoutAliases(taker: string, aliases: readonly string[]): (readonly [string, Choices])[] {
    const losers = new Set(aliases.map((alias) => this.#owners.get(alias)));
    return [...this.#choices]
      .filter(([modelId]) => modelId !== taker && losers.has(modelId))
      .map(([modelId, choices]) => [
        modelId,
        { ...choices, aliases: choices.aliases?.filter((alias) => !aliases.includes(alias)) ?? [] },
      ]);
  }

  async #write(changed: ReadonlyMap<string, Choices>): Promise<void> {
    const rows = [...changed].map(([modelId, choices]) => ({
      model_id: modelId,
      value: JSON.stringify(choices),
    }));
    await this.#options.db
      .insertInto('model_settings')
      .values(rows)
      .onConflict((conflict) =>
        conflict.column('model_id').doUpdateSet((row) => ({ value: row.ref('excluded.value') })),
      )
      .execute();
  }

  #hold(choices: ReadonlyMap<string, Choices>): void {
    this.#choices = choices;
    this.#owners = ownersOf([...choices].map(([modelId, { aliases = [] }]) => [modelId, aliases]));
  }
}
