import { expect, it } from 'vitest';
import { otherApps } from './other-apps.ts';

const computer = { platform: 'darwin', homedir: '/Users/ada', hostname: 'mac', cwd: '/' } as const;

it('looks where these programs keep their models', () => {
  expect(otherApps({}, computer, {})).toEqual({
    huggingFace: ['/Users/ada/.cache/huggingface/hub'],
    lmStudio: ['/Users/ada/.lmstudio/models', '/Users/ada/.cache/lm-studio/models'],
    ollama: ['/Users/ada/.ollama/models'],
  });
});

it('follows their own variables', () => {
  const chosen = { hfHome: '/d/hf', ollamaModels: '~/o', lmStudioModels: '/l' };
  expect(otherApps(chosen, computer, {})).toEqual({
    huggingFace: ['/d/hf/hub'],
    lmStudio: ['/l'],
    ollama: ['/Users/ada/o'],
  });
  expect(otherApps({ ...chosen, hfHubCache: '/d/cache' }, computer, {}).huggingFace).toEqual(['/d/cache']);
});

it('looks nowhere where the operator said so', () => {
  const none = { huggingFace: [], lmStudio: [], ollama: [] };
  expect(otherApps({ otherApps: false, hfHome: '/d' }, computer, {})).toEqual(none);
});
