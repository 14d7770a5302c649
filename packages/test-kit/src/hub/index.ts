export { madeUp, ofBytes, ofFile, ofText, type Content } from './content.ts';
export { randomFrom, type Fault, type FaultKind } from './faults.ts';
export { startLocalHub, type LocalHub } from './local-hub.ts';
export { writeManyModels } from './many-models.ts';
export { commitOf, type LocalRepo } from './repo.ts';
export { memberToken, strangerToken, type HubRequestRecord, type LocalHubOptions } from './state.ts';
export { sampleRepos } from './repos.ts';
export { writeVariants, type Variant } from './variants.ts';
