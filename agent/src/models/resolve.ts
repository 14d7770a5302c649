import { ImpetusError } from '@impetus/contracts';
import { defaultModelAlias } from './settings/aliases.ts';

/** What names can mean. */
export interface Names {
  /** Whether a model of this id is in the library. */
  readonly exists: (modelId: string) => boolean;
  /** The id of the model that has this alias, in the library or not. */
  readonly modelOf: (alias: string) => string | undefined;
  readonly defaultModel: () => string | null;
}

/** The id of the model that a name means: ids before aliases. Undefined where the library has none. */
export function resolveModel(name: string, names: Names): string | undefined {
  const id = names.exists(name) ? name : meantBy(name, names);
  return id !== undefined && names.exists(id) ? id : undefined;
}

/** Why a name means no model of the library. */
export function unknownModel(name: string, names: Names): ImpetusError {
  return new ImpetusError('model_not_found', explain(name, meantBy(name, names)), { param: 'model' });
}

function meantBy(name: string, { modelOf, defaultModel }: Names): string | undefined {
  return name === defaultModelAlias ? (defaultModel() ?? undefined) : modelOf(name);
}

function explain(name: string, meant: string | undefined): string {
  if (meant !== undefined) {
    return `"${name}" means the model ${meant}, which is not in the library now. Bring its file back, or name another model.`;
  }
  if (name === defaultModelAlias) {
    return `No default model is chosen, so "${name}" means none. Switch to a model first, or name one.`;
  }
  return `There is no model "${name}" here. GET /v1/models and \`impetus models ls\` list those that there are; an alias gives one of them a further name.`;
}
