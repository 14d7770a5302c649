import { outerFields, type Field } from './protobuf.ts';
import { bytesAt, type ByteSource } from './source.ts';

/** An ONNX or Core ML model, which both are protobufs that begin with a version. */
export type GraphFacts =
  | { readonly format: 'onnx'; readonly version: number; readonly producer: string | null }
  /** Version 0: a compiled model, which tells none. */
  | { readonly format: 'coreml'; readonly version: number };

/** The newest versions have two digits; a limit keeps other protobufs out. */
const mostVersion = 100;
/** ONNX's ModelProto. */
const [onnxProducer, onnxGraph, onnxOpsets, onnxFunctions] = [2, 7, 8, 25];
/** Core ML's Model: its description, and the kinds of model from `pipelineClassifier` on. */
const [coreDescription, coreFirstKind, coreLastKind] = [2, 200, 3_999];

/** Tells an ONNX from a Core ML model by the fields that only the one can have. Null for anything else. */
export async function readGraph(source: ByteSource): Promise<GraphFacts | null> {
  if (await isCompiledCoreMl(source)) return { format: 'coreml', version: 0 };
  const [tag, version] = await bytesAt(source, 0, 2);
  if (tag !== 0x08 || version === undefined || version < 1 || version > mostVersion) return null;
  const fields = await outerFields(source);
  if (fields === null) return null;
  if (isCoreMl(fields)) return { format: 'coreml', version };
  return isOnnx(fields) ? { format: 'onnx', version, producer: await producerOf(source, fields) } : null;
}

/** What Xcode compiles a Core ML model to is a program in words: `program(1.0)`, then how it was built. */
async function isCompiledCoreMl(source: ByteSource): Promise<boolean> {
  const start = (await bytesAt(source, 0, 64)).toString('latin1');
  return /^program\(\d+\.\d+\)\s*(?:\[buildInfo|\{)/u.test(start);
}

const has = (fields: readonly Field[], number: number) =>
  fields.some((field) => field.number === number && field.wire === 2);

function isCoreMl(fields: readonly Field[]): boolean {
  const kinds = fields.some(
    ({ number, wire }) => wire === 2 && number >= coreFirstKind && number <= coreLastKind,
  );
  return kinds && has(fields, coreDescription);
}

function isOnnx(fields: readonly Field[]): boolean {
  const known = fields.every(({ number }) => number <= onnxFunctions);
  return known && has(fields, onnxGraph) && has(fields, onnxOpsets);
}

async function producerOf(source: ByteSource, fields: readonly Field[]): Promise<string | null> {
  const field = fields.find(({ number, wire }) => number === onnxProducer && wire === 2);
  if (field === undefined) return null;
  const text = (await bytesAt(source, field.offset, Math.min(field.length, 60))).toString('utf8');
  return /^[\x20-\x7e]+$/.test(text) ? text : null;
}
