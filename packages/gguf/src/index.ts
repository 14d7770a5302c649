export { describeGguf, type GgufDescription, type GgufKind, type SplitInfo } from './describe.ts';
export { GgufError, type GgufErrorCode } from './errors.ts';
export { assertComplete, type GgufHeader, readGgufHeader, type ReadOptions } from './header.ts';
export type { TensorInfo } from './read-tensors.ts';
export { type ByteSource, bytesSource, fileSource } from './source.ts';
export { type GgufFileGroup, groupSplits, parseSplitName, type SplitName, splitNames } from './splits.ts';
export { quantLabels, type TensorType } from './tensor-types.ts';
export type { ArrayElement, ArrayValue, Metadata, MetadataValue, ValueType } from './values.ts';
export { encodeGguf, type GgufContents, type TensorContents, writeGgufFile } from './write.ts';
