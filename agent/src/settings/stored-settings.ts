import { agentSettingsSchema, defaultAgentSettings, type AgentSettings } from '@impetus/contracts';
import { z } from 'zod';
import type { Db } from '../db/connection.ts';
import { oneAtATime } from '../db/one-at-a-time.ts';
import { readStoredObject } from '../db/stored-object.ts';
import type { EventBus } from '../events/bus.ts';
import type { StateFeed } from '../events/types.ts';
import type { Log } from '../log/types.ts';
import type { Settings } from './types.ts';

const defaultModelKey = 'default-model';
const agentKey = 'agent';
const modelIdSchema = z.string().nullable().catch(null);

export interface StoredSettingsOptions {
  readonly db: Db;
  readonly bus: EventBus;
  readonly feed: StateFeed;
  readonly log: Log;
}

/** The settings in the database, held in memory because this process alone writes them. */
export class StoredSettings implements Settings {
  readonly #options: StoredSettingsOptions;
  readonly #inTurn = oneAtATime();
  #defaultModel: string | null = null;
  /** What was chosen; the rest has its default. */
  #agent: Partial<AgentSettings> = {};

  private constructor(options: StoredSettingsOptions) {
    this.#options = options;
  }

  static async open(options: StoredSettingsOptions): Promise<StoredSettings> {
    const settings = new StoredSettings(options);
    const rows = await options.db.selectFrom('settings').selectAll().execute();
    const stored = new Map(rows.map(({ key, value }) => [key, value]));
    settings.#defaultModel = modelIdSchema.parse(JSON.parse(stored.get(defaultModelKey) ?? 'null'));
    const { values, invalid } = readStoredObject(agentSettingsSchema, stored.get(agentKey) ?? '{}');
    if (invalid?.length !== 0) {
      options.log.warn({ invalid }, 'Stored settings of the agent are not valid; defaults hold.');
    }
    settings.#agent = values;
    return settings;
  }

  defaultModel(): string | null {
    return this.#defaultModel;
  }

  setDefaultModel(modelId: string | null): Promise<void> {
    return this.#inTurn(async () => {
      await this.#write(defaultModelKey, modelId);
      this.#defaultModel = modelId;
      this.#options.feed.publish({ type: 'default-model', modelId });
    });
  }

  agent(): AgentSettings {
    return { ...defaultAgentSettings, ...this.#agent };
  }

  updateAgent(changes: Partial<AgentSettings>): Promise<AgentSettings> {
    return this.#inTurn(async () => {
      const changed = { ...this.#agent, ...changes };
      await this.#write(agentKey, changed);
      this.#agent = changed;
      const settings = this.agent();
      this.#options.bus.emit('agent-settings-changed', settings);
      return settings;
    });
  }

  async #write(key: string, content: unknown): Promise<void> {
    const value = JSON.stringify(content);
    await this.#options.db
      .insertInto('settings')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
  }
}
