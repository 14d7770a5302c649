export { sampleModelDigest, sampleModelIsCurrent, writeSampleModel } from './model.ts';
