export { sampleModelDigest, sampleModelIsCurrent } from './current.ts';
export { makeSampleModel } from './make.ts';
