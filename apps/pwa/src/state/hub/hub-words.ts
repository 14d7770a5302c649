import type { HubFit, HubRepo, HubRepoDetail, HubSort } from '@impetus/contracts/hub';
import { formatBytes, formatCount, formatParameters, formatTokens } from '../../lib/format.ts';

export const sortNames: Readonly<Record<HubSort, string>> = {
  trending: 'Trending',
  downloads: 'Most downloaded',
  likes: 'Most liked',
  updated: 'Lately changed',
  created: 'Newest',
};

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A large number as people say it: 1.2M. */
export function formatCompact(count: number): string {
  return compact.format(count);
}

/** What a search says of a repo in one line. */
export function repoFacts({ parameters, licence, downloads, likes, task, gguf }: HubRepo): string {
  return [
    parameters === null ? '' : formatParameters(parameters),
    `${formatCompact(downloads)} downloads`,
    `${formatCompact(likes)} likes`,
    licence ?? '',
    gguf ? '' : (task ?? ''),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What stands in the way of a repo's files, and what to do; null where nothing does. */
export function accessNotice({ access, gate, url, private: isPrivate }: HubRepoDetail): {
  readonly what: string;
  readonly remedy: string;
  /** Where it is done: on the Hub, or in the settings. */
  readonly where: 'hub' | 'settings';
} | null {
  switch (access) {
    case 'open':
      return null;
    case 'needs-token':
      return {
        what: isPrivate ? 'This repo is private.' : 'The Hub wants to know who asks for this repo.',
        remedy:
          `Make an access token on the Hub and enter it in the settings. ${gate === 'none' ? '' : `Then agree to its terms at ${url}.`}`.trim(),
        where: 'settings',
      };
    case 'needs-access':
      return {
        what:
          gate === 'manual'
            ? 'Its author decides who may have this model.'
            : 'This model is given to those who agree to its terms.',
        remedy:
          gate === 'manual'
            ? 'Ask for access on its page on the Hub; once it was granted, the download works.'
            : 'Agree to them on its page on the Hub; the download works right after.',
        where: 'hub',
      };
  }
}

/** A verdict as a shape and a word. */
export function viewFit({ verdict, estimate, contextSize, fittingContextSize }: HubFit): {
  readonly kind: 'done' | 'waiting' | 'failed';
  readonly words: string;
} {
  const need = formatBytes(estimate.totalBytes);
  switch (verdict) {
    case 'fits':
      return { kind: 'done', words: `Fits, takes ${need}` };
    case 'evicts':
      return { kind: 'waiting', words: `Fits once others are unloaded, takes ${need}` };
    case 'does-not-fit':
      return fittingContextSize === null
        ? { kind: 'failed', words: `Does not fit, takes ${need}` }
        : {
            kind: 'waiting',
            words: `Fits with ${formatTokens(fittingContextSize)}, not with ${formatCount(contextSize)}`,
          };
  }
}

export const tasks = [
  { value: '', label: 'Any task' },
  { value: 'text-generation', label: 'Text generation' },
  { value: 'image-text-to-text', label: 'Images and text' },
  { value: 'feature-extraction', label: 'Embeddings' },
  { value: 'sentence-similarity', label: 'Sentence similarity' },
  { value: 'text-ranking', label: 'Reranking' },
  { value: 'translation', label: 'Translation' },
  { value: 'summarization', label: 'Summaries' },
] as const;

export const licences = [
  { value: '', label: 'Any licence' },
  { value: 'apache-2.0', label: 'Apache 2.0' },
  { value: 'mit', label: 'MIT' },
  { value: 'llama3.1', label: 'Llama 3.1' },
  { value: 'llama3.2', label: 'Llama 3.2' },
  { value: 'llama3.3', label: 'Llama 3.3' },
  { value: 'gemma', label: 'Gemma' },
  { value: 'cc-by-4.0', label: 'CC BY 4.0' },
  { value: 'cc-by-nc-4.0', label: 'CC BY-NC 4.0' },
  { value: 'openrail', label: 'OpenRAIL' },
] as const;
