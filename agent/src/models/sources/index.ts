import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AgentSettings } from '@impetus/contracts';
import { folderSource } from './folder.ts';
import { huggingFaceSource } from './huggingface.ts';
import { lmStudioSource } from './lmstudio.ts';
import { ollamaSource } from './ollama.ts';
import type { Source } from './types.ts';

/** Where models may be on this computer, by what the operator said. */
export interface Places {
  readonly modelsFolder: string;
  /** Folders of other programs; empty where the operator switched them off. */
  readonly huggingFace: readonly string[];
  readonly lmStudio: readonly string[];
  readonly ollama: readonly string[];
}

type Chosen = Pick<
  AgentSettings,
  'modelFolders' | 'useHuggingFaceCache' | 'useLmStudioModels' | 'useOllamaModels'
>;

/** Every place in which models are looked for, in the order in which they may take a name. */
export function sourcesOf(places: Places, chosen: Chosen): readonly Source[] {
  const folders = [...new Set([places.modelsFolder, ...chosen.modelFolders.map(absolute)])];
  return [
    ...folders.map((folder) => folderSource({ folder })),
    ...(chosen.useHuggingFaceCache ? places.huggingFace.map(huggingFaceSource) : []),
    ...(chosen.useLmStudioModels ? places.lmStudio.map(lmStudioSource) : []),
    ...(chosen.useOllamaModels ? places.ollama.map(ollamaSource) : []),
  ];
}

function absolute(path: string): string {
  return resolve(path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path);
}
