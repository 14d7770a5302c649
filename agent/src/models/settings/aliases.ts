import { ImpetusError, type ModelEntry } from '@impetus/contracts';

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

/** The model that a name means by an alias: by that very name, else by the longest alias with a * that it begins with. */
export function ownerOf(name: string, owners: ReadonlyMap<string, string>): string | undefined {
  const beginnings = [...owners.keys()].filter(
    (alias) => isOpen(alias) && name.startsWith(alias.slice(0, -openEnd.length)),
  );
  const [longest = name] = beginnings.toSorted((a, b) => b.length - a.length);
  return owners.get(name) ?? owners.get(longest);
}

/** The names that a client can be shown; an alias with an open end is none of its own. */
export function listedNames({ id, aliases }: Pick<ModelEntry, 'id' | 'aliases'>): readonly string[] {
  return [id, ...aliases.filter((alias) => !isOpen(alias))];
}

const openEnd = '*';

function isOpen(alias: string): boolean {
  return alias.endsWith(openEnd);
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
