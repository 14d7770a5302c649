export { createCatalogue, type CatalogueOptions } from './catalogue.ts';
export { ensureSampleModel, sampleModelId } from './sample.ts';
export type { KvShape, ModelCatalogue } from './types.ts';
