import { join } from 'node:path';
import { absolutePath, type Computer, type Environment } from './paths.ts';
import type { ConfigValues } from './schema.ts';

/** Folders in which other programs keep models. */
export interface OtherApps {
  readonly huggingFace: readonly string[];
  readonly lmStudio: readonly string[];
  readonly ollama: readonly string[];
}

type Chosen = Pick<ConfigValues, 'hfHome' | 'hfHubCache' | 'ollamaModels' | 'lmStudioModels' | 'otherApps'>;

/** Where these programs look themselves: their variables first, then the folders that they make. */
export function otherApps(chosen: Chosen, computer: Computer, env: Environment): OtherApps {
  if (chosen.otherApps === false) return { huggingFace: [], lmStudio: [], ollama: [] };
  const absolute = (path: string) => absolutePath(path, computer);
  const home = (...parts: readonly string[]) => join(computer.homedir, ...parts);
  const cache = env['XDG_CACHE_HOME']?.startsWith('/') ? env['XDG_CACHE_HOME'] : home('.cache');
  const hub = chosen.hfHubCache ?? join(chosen.hfHome ?? join(cache, 'huggingface'), 'hub');
  const lmStudio = chosen.lmStudioModels;
  return {
    huggingFace: [absolute(hub)],
    lmStudio:
      lmStudio === undefined
        ? [home('.lmstudio', 'models'), home('.cache', 'lm-studio', 'models')]
        : [absolute(lmStudio)],
    ollama: [absolute(chosen.ollamaModels ?? home('.ollama', 'models'))],
  };
}
