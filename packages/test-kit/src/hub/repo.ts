import { createHash } from 'node:crypto';
import type { Content } from './content.ts';

export interface LocalRepo {
  /** `owner/name` */
  readonly id: string;
  readonly files: Readonly<Record<string, Content>>;
  readonly task?: string;
  readonly licence?: string;
  readonly tags?: readonly string[];
  readonly downloads?: number;
  readonly likes?: number;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  /** Its terms have to be agreed to; the token of the Hub's `member` has done so. */
  readonly gated?: false | 'auto' | 'manual';
  readonly private?: boolean;
  /** What it was called before; whoever asks for that is sent on. */
  readonly formerId?: string;
  readonly gguf?: { readonly total: number; readonly architecture: string; readonly contextLength: number };
}

/** The commit of a repo's main branch, as git would have one: it follows from what is in it. */
export function commitOf(repo: LocalRepo): string {
  const text = Object.entries(repo.files).map(([path, { size }]) => `${path} ${size}`);
  return createHash('sha1')
    .update([repo.id, ...text].join('\n'))
    .digest('hex');
}

/** The Hub keeps large and binary files by their content, and text in git itself. */
export function isLarge(path: string): boolean {
  return !/\.(?:md|json|txt|jinja)$/iu.test(path) && path !== '.gitattributes';
}

/** What the Hub's lists say of a repo. */
export function describeRepo(repo: LocalRepo, full: boolean): Record<string, unknown> {
  const hasGguf = Object.keys(repo.files).some((path) => path.endsWith('.gguf'));
  const licence = repo.licence ?? 'apache-2.0';
  return {
    _id: createHash('sha1').update(repo.id).digest('hex').slice(0, 24),
    id: repo.id,
    modelId: repo.id,
    author: repo.id.split('/')[0],
    sha: commitOf(repo),
    downloads: repo.downloads ?? 0,
    likes: repo.likes ?? 0,
    createdAt: repo.createdAt ?? '2026-01-01T00:00:00.000Z',
    lastModified: repo.updatedAt ?? '2026-06-01T00:00:00.000Z',
    pipeline_tag: repo.task ?? 'text-generation',
    private: repo.private ?? false,
    gated: repo.gated ?? false,
    tags: tagsOf(repo),
    cardData: { license: licence, language: ['en'] },
    ...(hasGguf &&
      repo.gguf && {
        gguf: {
          total: repo.gguf.total,
          architecture: repo.gguf.architecture,
          context_length: repo.gguf.contextLength,
        },
      }),
    ...(full && { siblings: Object.keys(repo.files).map((rfilename) => ({ rfilename })) }),
  };
}

export function tagsOf(repo: LocalRepo): string[] {
  const hasGguf = Object.keys(repo.files).some((path) => path.endsWith('.gguf'));
  return [...(hasGguf ? ['gguf'] : []), ...(repo.tags ?? []), `license:${repo.licence ?? 'apache-2.0'}`];
}
