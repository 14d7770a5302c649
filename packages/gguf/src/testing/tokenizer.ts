import type { GgufHeader } from '../header.ts';
import { mergeAll } from '../sample/merges.ts';
import type { Metadata } from '../values.ts';

/** llama.cpp's SentencePiece tokenizer, as far as a test needs it: special tokens, merges by score, bytes. */
export class ReferenceTokenizer {
  readonly texts: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;
  readonly #ranks: ReadonlyMap<string, number>;

  constructor({ metadata }: GgufHeader) {
    this.texts = elements(metadata, 'tokenizer.ggml.tokens').map(String);
    this.#ids = new Map(this.texts.map((text, id) => [text, id]));
    const scores = elements(metadata, 'tokenizer.ggml.scores').map(Number);
    this.#ranks = new Map(this.texts.map((text, id) => [text, -(scores[id] ?? 0)]));
  }

  encode(text: string): number[] {
    return text.split(/(<\|im_start\|>|<\|im_end\|>)/u).flatMap((part) => {
      const special = this.#ids.get(part);
      if (part.startsWith('<|') && special !== undefined) return [special];
      const symbols = [...part.replaceAll(' ', '\u2581')];
      mergeAll(symbols, this.#ranks);
      return symbols.flatMap((symbol) => this.#symbolIds(symbol));
    });
  }

  decode(tokens: readonly number[]): string {
    return tokens.map((id) => (this.texts[id] ?? '').replace('\u2581', ' ').replace('<0x0A>', '\n')).join('');
  }

  #symbolIds(symbol: string): number[] {
    const id = this.#ids.get(symbol);
    if (id !== undefined) return [id];
    return [...Buffer.from(symbol)].map((byte) => {
      const name = `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
      return this.#ids.get(name) ?? 0;
    });
  }
}

function elements(metadata: Metadata, key: string): readonly unknown[] {
  const entry = metadata.get(key);
  return entry?.type === 'array' ? (entry.values ?? []) : [];
}
