import { ImpetusError, type ModelEntry } from '@impetus/contracts';
import type { ModelCatalogue } from '../../models/types.ts';

/** What Ollama's clients put behind a name that has no tag. */
const latest = ':latest';

/** A repo on the Hub in Ollama's words, such as `hf.co/owner/name:Q4_K_M`. */
export interface HubName {
  readonly repo: string;
  /** Null: whichever is best here. */
  readonly quant: string | null;
}

const hubForm =
  /^(?:https?:\/\/)?(?:hf\.co|huggingface\.co)\/(?<repo>[^/:\s]+\/[^/:\s]+)(?::(?<tag>[^/:\s]+))?$/iu;

/** Null where the name is of no repo on the Hub. */
export function hubName(name: string): HubName | null {
  const { repo, tag } = hubForm.exec(name)?.groups ?? {};
  if (repo === undefined) return null;
  return { repo, quant: tag === undefined || tag.toLowerCase() === 'latest' ? null : tag };
}

/** The same name as clients may write it, the exact one first. */
export function spellings(name: string): readonly string[] {
  if (name.endsWith(latest)) return [name, name.slice(0, -latest.length)];
  return name.slice(name.lastIndexOf('/') + 1).includes(':') ? [name] : [name, `${name}${latest}`];
}

type Names = Pick<ModelCatalogue, 'find' | 'list'>;

/** The model of a name: an id or an alias, with or without its tag, or what came from a repo on the Hub. */
export function findModel(catalogue: Names, name: string): ModelEntry | undefined {
  for (const spelling of spellings(name)) {
    const entry = catalogue.find(spelling);
    if (entry !== undefined) return entry;
  }
  const hub = hubName(name);
  if (hub === null) return undefined;
  // The same content may lie in places that are not the agent's, too.
  const found = catalogue.list().filter((entry) => isFrom(entry, hub));
  return found.find(({ removable }) => removable) ?? found[0];
}

function isFrom({ origin, quant, problem }: ModelEntry, wanted: HubName): boolean {
  if (problem !== null || origin?.repo.toLowerCase() !== wanted.repo.toLowerCase()) return false;
  return wanted.quant === null || quant?.toLowerCase() === wanted.quant.toLowerCase();
}

/** Throws `model_not_found` for a name that no model has. */
export function requireModel(catalogue: Names, name: string): ModelEntry {
  const entry = findModel(catalogue, name);
  if (entry !== undefined) return entry;
  throw new ImpetusError(
    'model_not_found',
    `There is no model "${name.slice(0, 200)}" here. GET /api/tags lists those that there are.`,
    { param: 'model' },
  );
}

/** What is handed to the inference: the id of the model, or the name as it was, to be refused and recorded. */
export function modelIdOf(catalogue: Names, name: string): string {
  return findModel(catalogue, name)?.id ?? name;
}

/** The name in a body that may call it `model` or, as older clients do, `name`. */
export function namedIn(body: {
  readonly model?: string | null | undefined;
  readonly name?: string | null | undefined;
}): string {
  const name = body.model ?? body.name ?? '';
  if (name !== '') return name;
  throw new ImpetusError('invalid_request', "'model' is required.", {
    param: 'model',
    detail: 'missing_required_parameter',
  });
}
