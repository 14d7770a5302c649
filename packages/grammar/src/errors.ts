/**
 * A schema that no grammar can hold to. The message is written for the person who sent the schema; `keyword` is
 * what stands in the way, `pointer` where it stands, as a JSON Pointer (RFC 6901).
 */
export class UnsupportedSchema extends Error {
  override readonly name = 'UnsupportedSchema';
  readonly keyword: string;
  readonly pointer: string;

  constructor(keyword: string, pointer: string, reason: string) {
    super(
      `The keyword “${keyword}” at ${pointer === '' ? 'the root' : pointer} cannot be honoured: ${reason}`,
    );
    this.keyword = keyword;
    this.pointer = pointer;
  }
}
