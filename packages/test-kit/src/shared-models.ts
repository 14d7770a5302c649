import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../shared/models', import.meta.url));

/**
 * The folder of small trained models beside the repository, or null where it is not: the tests that need it
 * are skipped then, as for everybody who has only the repository.
 */
export const sharedModels: string | null = existsSync(folder) ? folder : null;

/** Ends the title of a test that needs them. */
export const needsSharedModels =
  sharedModels === null ? ' (skipped: the trained test models are not here)' : '';
