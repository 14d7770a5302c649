import { ImpetusError, type ModelEntry } from '@impetus/contracts';
import type { Services } from '../../services.ts';

type Parts = Pick<Services, 'catalogue' | 'inference' | 'settings'>;

/**
 * llama.cpp's server has one model, so its clients may name none: then the default model is meant, the only loaded
 * one, or the only one that there is. Undefined where that leaves a choice.
 */
export function meantModel({ catalogue, inference, settings }: Parts): ModelEntry | undefined {
  const writes = ({ kind, problem }: ModelEntry) =>
    problem === null && (kind === 'chat' || kind === 'completion');
  const chosen = catalogue.find(settings.defaultModel() ?? '');
  if (chosen?.problem === null) return chosen;
  const loaded = inference
    .runners()
    .flatMap(({ modelId, state }) => (state === 'ready' ? (catalogue.find(modelId) ?? []) : []));
  for (const candidates of [loaded.filter(writes), catalogue.list().filter(writes)]) {
    if (candidates.length === 1) return candidates[0];
    if (candidates.length > 1) return undefined;
  }
  return undefined;
}

/** The name of the model that a request is for. Throws `invalid_request` where it has to name one. */
export function modelName(parts: Parts, named: string | null | undefined): string {
  const name = named ?? meantModel(parts)?.id;
  if (name !== undefined) return name;
  throw new ImpetusError(
    'invalid_request',
    "'model' is required: there are several. Name one, or switch to one.",
    {
      param: 'model',
      detail: 'missing_required_parameter',
    },
  );
}
