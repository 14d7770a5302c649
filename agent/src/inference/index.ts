import { defaultModelSettings, ImpetusError, type AnswerTo } from '@impetus/contracts';
import { followAgent } from './follow-agent.ts';
import { withSourceDefaults } from '../models/settings/source-defaults.ts';
import { assemble, type InferenceOptions } from './parts.ts';
import { prepareGeneration, prepareQuestion } from './prepare.ts';
import { choicesOf } from './queue/choices.ts';
import { generate, once } from './queue/submit.ts';
import { describeLoad } from './residents/load-plan.ts';
import type { Inference } from './types.ts';

export type { InferenceOptions } from './parts.ts';

/** Which models have a runner, and which requests run on it. */
export function createInference(options: InferenceOptions): Inference {
  const { catalogue, modelSettings } = options;
  const parts = assemble(options);
  const { hosts, launches, memory, residents, spare } = parts;
  const following = followAgent(options, parts);
  /** What holds for requests: what was chosen, over what the model's own program kept with it. */
  const settingsOf = (id: string) => {
    const facts = catalogue.find(id) === undefined ? null : catalogue.found(id).facts;
    return withSourceDefaults(modelSettings.get(id), facts);
  };

  return {
    runners: () => hosts.statuses(),

    budget: () => memory.last(),

    async plan(name, changes = {}) {
      const entry = hosts.usable(name);
      const host = hosts.known(entry.id);
      const unchanged = Object.keys(changes).length === 0;
      const loaded = unchanged && host?.situation.phase !== 'stopping' ? (host?.launch ?? null) : null;
      const chosen = { ...modelSettings.get(entry.id), ...changes };
      const launch = loaded ?? (await launches.prepare(entry, chosen));
      const budget = await memory.sample();
      const candidate = { id: entry.id, bytes: launch.estimate.totalBytes, pinned: chosen.pinned };
      return describeLoad({
        entry,
        launch,
        budget,
        verdict: loaded === null ? residents.whatIf(candidate, budget) : null,
        nameOf: (id) => catalogue.find(id)?.name ?? id,
      });
    },

    async planFile({ entry, shape }, changes = {}) {
      const launch = await launches.prepare(entry, { ...defaultModelSettings, ...changes }, { known: shape });
      const budget = await memory.sample();
      const candidate = { id: entry.id, bytes: launch.estimate.totalBytes, pinned: false };
      return describeLoad({
        entry,
        launch,
        budget,
        verdict: residents.whatIf(candidate, budget),
        nameOf: (id) => catalogue.find(id)?.name ?? id,
      });
    },

    load: async (name) => hosts.of(name).load(),

    async unload(name, { now = false } = {}) {
      const { id, name: modelName } = catalogue.require(name);
      const reason = new ImpetusError('cancelled', `${modelName} was unloaded by its owner.`);
      await hosts.known(id)?.unload(reason, now);
    },

    async unloadAll({ now = false } = {}) {
      const reason = new ImpetusError('cancelled', 'All models were unloaded by their owner.');
      await Promise.all(hosts.all.map((host) => host.unload(reason, now)));
    },

    stopGeneration() {
      const reason = new ImpetusError('cancelled', 'All generation was stopped by the owner.');
      return hosts.all.reduce((count, host) => count + host.stopRequests(reason), 0);
    },

    async *generate({ modelId, input, ...asker }) {
      const host = hosts.of(modelId);
      const generation = prepareGeneration(input, settingsOf(host.entry.id));
      yield* choicesOf(generation, asker.signal, (one, signal) =>
        generate(host, { ...asker, signal }, { type: 'generate', generation: one }),
      );
    },

    embed: async ({ modelId, input, ...asker }) =>
      once(hosts.of(modelId), asker, { type: 'embed', inputs: input }, 'embedded'),

    rank: async ({ modelId, input, ...asker }) =>
      once(hosts.of(modelId), asker, { type: 'rank', ...input }, 'ranked'),

    async ask({ modelId, question, ...asker }) {
      const host = hosts.of(modelId);
      const prepared = prepareQuestion(question, settingsOf(host.entry.id));
      const { answer } = await once(host, asker, { type: 'ask', question: prepared }, 'answered');
      return answer as AnswerTo<typeof question>;
    },

    async [Symbol.asyncDispose]() {
      following[Symbol.dispose]();
      residents.close();
      await Promise.all([spare[Symbol.asyncDispose](), hosts.close()]);
      hosts[Symbol.dispose]();
    },
  };
}
