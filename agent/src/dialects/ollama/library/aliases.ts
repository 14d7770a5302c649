import type { ModelEntry } from '@impetus/contracts';
import type { Services } from '../../../services.ts';
import { spellings } from '../names.ts';

type Parts = Pick<Services, 'modelSettings'>;

/** The alias of a model that a name means; undefined where it means the model itself. */
export function aliasIn({ id, aliases }: ModelEntry, name: string): string | undefined {
  const written = spellings(name);
  return written.includes(id) ? undefined : written.find((spelling) => aliases.includes(spelling));
}

/** Gives a model another name, which is left without the tag that means nothing. */
export async function addAlias(
  { modelSettings }: Parts,
  { id, aliases }: ModelEntry,
  name: string,
): Promise<void> {
  const written = spellings(name);
  if ([id, ...aliases].some((known) => written.includes(known))) return;
  await modelSettings.update(id, { aliases: [...modelSettings.get(id).aliases, plain(name)] });
}

export async function removeAlias({ modelSettings }: Parts, id: string, alias: string): Promise<void> {
  const left = modelSettings.get(id).aliases.filter((other) => other !== alias);
  await modelSettings.update(id, { aliases: left });
}

function plain(name: string): string {
  return name.replace(/:latest$/u, '');
}
