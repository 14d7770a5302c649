import { repoSchema } from './hub.ts';

/** A model on the Hub as people write or paste it: owner/name, perhaps with a quant, or the address of its page. */
export type PullName =
  | { readonly ok: true; readonly repo: string; readonly key: string | null }
  | { readonly ok: false; readonly error: string };

export function readPullName(text: string): PullName {
  const trimmed = text.trim().replace(/^(?:https?:\/\/[^/]+|hf\.co|huggingface\.co)\//u, '');
  const [path = '', key = ''] = trimmed.split(':', 2);
  const repo = path.split('/').slice(0, 2).join('/');
  const checked = repoSchema.safeParse(repo);
  if (!checked.success) return { ok: false, error: checked.error.issues[0]?.message ?? 'This is no repo.' };
  return { ok: true, repo: checked.data, key: key.trim() === '' ? null : key.trim() };
}
