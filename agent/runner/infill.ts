import type { LlamaModel, Token } from 'node-llama-cpp';
import { ImpetusError, type InfillPrompt } from '@impetus/contracts';

/** Whether the vocabulary has the tokens that mark what is before and after a gap. */
export function canInfill(model: LlamaModel): boolean {
  const { prefix, suffix } = model.tokens.infill;
  return prefix !== null && suffix !== null;
}

/** Other files come before; models that know no tokens for them read them as text. */
const fileToken = '<|file_sep|>';
const repositoryToken = '<|repo_name|>';

/** Code with a gap in the order that the model was trained on: before, after, and the sign to begin. */
export function tokenizeInfill(
  model: LlamaModel,
  { prefix, suffix, files = [] }: InfillPrompt,
): { readonly tokens: Token[]; readonly stop: readonly string[] } {
  const { infill, bos, shouldPrependBosToken } = model.tokens;
  if (infill.prefix === null || infill.suffix === null) throw cannotInfill();
  const begin = bos !== null && shouldPrependBosToken ? [bos] : [];
  const before = tokenizePart(model, prefix);
  const after = tokenizePart(model, suffix);
  const middle = infill.middle === null ? [] : [infill.middle];
  const tokens = [
    ...begin,
    ...tokenizeFiles(model, files),
    infill.prefix,
    ...before,
    infill.suffix,
    ...after,
    ...middle,
  ];
  return { tokens, stop: files.length > 0 ? [fileToken] : [] };
}

function tokenizeFiles(model: LlamaModel, files: NonNullable<InfillPrompt['files']>): Token[] {
  if (files.length === 0) return [];
  const separator = controlToken(model, fileToken);
  const repository = controlToken(model, repositoryToken);
  if (separator === null) {
    return files.flatMap(({ path, text }) => tokenizePart(model, `# ${path}\n${text}\n`));
  }
  const head = repository === null ? [] : [repository, ...tokenizePart(model, 'repository\n')];
  return [
    ...head,
    ...files.flatMap(({ path, text }) => [separator, ...tokenizePart(model, `${path}\n${text}\n`)]),
    separator,
    ...tokenizePart(model, 'current\n'),
  ];
}

/** Text that a user wrote: control tokens in it stay text, and no space is put in front. */
function tokenizePart(model: LlamaModel, text: string): Token[] {
  return model.tokenize(text, false, 'trimLeadingSpace');
}

function controlToken(model: LlamaModel, text: string): Token | null {
  const [token, ...more] = model.tokenize(text, true, 'trimLeadingSpace');
  return token !== undefined && more.length === 0 && model.isSpecialToken(token) ? token : null;
}

function cannotInfill(): ImpetusError {
  return new ImpetusError(
    'invalid_request',
    'This model has no tokens for filling in the middle. Choose a model for code that has them, or send the text before the gap alone.',
    { param: 'suffix', detail: 'unsupported_parameter' },
  );
}
