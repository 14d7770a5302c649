import { dirname, relative } from 'node:path';
import { folderSource } from './folder.ts';
import type { Source } from './types.ts';

/** LM Studio's folder: `publisher/repo/file`, as the Hub has them; it keeps no revision. */
export function lmStudioSource(folder: string): Source {
  return folderSource({
    folder,
    source: 'lmstudio',
    originOf(path) {
      const [publisher, repo] = relative(folder, dirname(path)).split('/');
      if (publisher === undefined || publisher === '' || repo === undefined) return null;
      return { repo: `${publisher}/${repo}`, revision: null };
    },
  });
}
