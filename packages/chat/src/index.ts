export * from './answer-parser.ts';
export * from './detect.ts';
export * from './format.ts';
export { knownTools, type KnownTool, type KnownTools, type ParsedPiece } from './pieces.ts';
export * from './tool-prompt.ts';
export * from './write-calls.ts';
export * from './grammars/answer-grammar.ts';
export * from './grammars/call-grammars.ts';
