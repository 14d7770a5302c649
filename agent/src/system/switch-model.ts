import type { Services } from '../services.ts';

/**
 * Makes the model the default and loads it; running requests of others finish. Resolves when new requests go to it,
 * with a promise of its being ready. If it cannot be loaded, the default is what it was.
 */
export async function switchModel(
  { inference, settings }: Pick<Services, 'inference' | 'settings'>,
  modelId: string,
): Promise<{ readonly ready: Promise<void> }> {
  const before = settings.defaultModel();
  await settings.setDefaultModel(modelId);
  const ready = inference.load(modelId).catch(async (error: unknown) => {
    if (settings.defaultModel() === modelId) await settings.setDefaultModel(before);
    throw error;
  });
  // Whoever does not wait for it sees the failure in the runner's status.
  ready.catch(() => {});
  return { ready };
}
