/** What can be wrong with a GGUF file. */
export type GgufErrorCode =
  /** It is another kind of file. */
  | 'not_gguf'
  /** A GGUF of a version that llama.cpp no longer reads, or does not read yet. */
  | 'unsupported_version'
  /** Every number is stored the other way round. */
  | 'big_endian'
  /** A tensor has a type that is gone from the format or newer than this code. */
  | 'unsupported_type'
  /** The file ends before what it promises. */
  | 'truncated'
  /** What it says contradicts itself or the specification. */
  | 'malformed'
  /** Well formed perhaps, but beyond the limits that keep a hostile file harmless. */
  | 'too_large';

/** The one error of this package. The message is a sentence for people. */
export class GgufError extends Error {
  override readonly name = 'GgufError';
  readonly code: GgufErrorCode;

  constructor(code: GgufErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
