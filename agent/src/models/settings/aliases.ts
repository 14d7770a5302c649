import { ImpetusError } from '@impetus/contracts';

/** Always means the default model, so no model can have it as an alias of its own. */
export const defaultModelAlias = 'default';

/** The owner of each alias; where two rows of the database claim one, the first has it. */
export function ownersOf(
  aliases: Iterable<readonly [modelId: string, aliases: readonly string[]]>,
): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const [modelId, names] of aliases) {
    for (const name of names) if (!owners.has(name)) owners.set(name, modelId);
  }
  return owners;
}

export interface AliasClaim {
  readonly modelId: string;
  readonly aliases: readonly string[];
  readonly owners: ReadonlyMap<string, string>;
  /** Whether a model of this id is in the library. */
  readonly exists: (modelId: string) => boolean;
}

/** Throws `conflict` for a name that means another model already, naming it. A model that is gone keeps no name. */
export function assertFree({ modelId, aliases, owners, exists }: AliasClaim): void {
  for (const alias of aliases) {
    if (alias === defaultModelAlias) {
      throw taken(`“${alias}” always means the default model`);
    }
    if (exists(alias)) {
      throw taken(`“${alias}” is the id of a model`);
    }
    const owner = owners.get(alias);
    if (owner !== undefined && owner !== modelId && exists(owner)) {
      throw taken(`“${alias}” is an alias of ${owner} already`);
    }
  }
}

function taken(reason: string): ImpetusError {
  return new ImpetusError('conflict', `${reason}. Choose another alias.`, { param: 'aliases' });
}
