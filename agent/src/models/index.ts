export { openLibrary, type LibraryParts } from './open-library.ts';
export { StoredOrigins } from './origins.ts';
export { ensureSampleModel, sampleModelId } from './sample.ts';
export { StoredModelSettings } from './settings/stored-model-settings.ts';
export { StoredLibrary } from './stored-library.ts';
export type { KvShape, ModelCatalogue, ModelSettingsStore } from './types.ts';
