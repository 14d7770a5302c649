import {
  characters,
  complement,
  everything,
  intersection,
  range,
  union,
  type CodePoints,
} from './code-points.ts';
import { unicodeProperty } from './unicode-property.ts';

/** A regular expression as a tree. Anchors stand where they were written; what they mean is decided later. */
export type Regex =
  | { readonly kind: 'set'; readonly set: CodePoints }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'sequence'; readonly parts: readonly Regex[] }
  | { readonly kind: 'choice'; readonly options: readonly Regex[] }
  | { readonly kind: 'repeat'; readonly of: Regex; readonly min: number; readonly max: number | null };

/** Thrown where an expression is not regular, or no expression at all; the message says what of it. */
export class UnsupportedRegex extends Error {
  override readonly name = 'UnsupportedRegex';
}

const digits = range('0', '9');
const wordCharacters = union(range('a', 'z'), range('A', 'Z'), digits, characters('_'));
const lineEnds = characters('\n\r\u2028\u2029');
const spaces = union(
  characters('\t\n\v\f\r \u00A0\u1680\u2028\u2029\u202F\u205F\u3000\uFEFF'),
  range('\u2000', '\u200A'),
);
const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', v: '\v', f: '\f', r: '\r', 0: '\0' };
const classes: Readonly<Record<string, CodePoints>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: spaces,
  S: complement(spaces),
};

/** Reads ECMA-262's syntax in its Unicode mode, as JSON Schema's `pattern` wants it, as far as it is regular. */
export function parseRegex(source: string): Regex {
  if (source.length > longest) throw new UnsupportedRegex(`it has more than ${longest} characters`);
  // The engine's own parser is the judge of what is well formed.
  try {
    void new RegExp(source, 'u');
  } catch {
    throw new UnsupportedRegex('it is not a regular expression');
  }
  const reader = new Reader(source);
  const regex = reader.choice();
  if (!reader.done) throw new UnsupportedRegex('it is not a regular expression');
  return regex;
}

/** Compiling takes time that grows faster than an expression does. */
const longest = 1_000;

/** Groups within groups; what follows them would run out of stack at some depth. */
const deepestGroup = 100;

class Reader {
  readonly #characters: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#characters = [...source];
  }

  get done(): boolean {
    return this.#at >= this.#characters.length;
  }

  choice(): Regex {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return options.length === 1 ? (options[0] as Regex) : { kind: 'choice', options };
  }

  #sequence(): Regex {
    const parts: Regex[] = [];
    while (!this.done && this.#peek() !== '|' && this.#peek() !== ')') parts.push(this.#repeated());
    return { kind: 'sequence', parts };
  }

  #repeated(): Regex {
    const of = this.#atom();
    const count = this.#count();
    if (count === null) return of;
    // Whether a repetition is greedy changes what it captures, not what it matches.
    this.#take('?');
    return { kind: 'repeat', of, ...count };
  }

  #count(): { readonly min: number; readonly max: number | null } | null {
    if (this.#take('*')) return { min: 0, max: null };
    if (this.#take('+')) return { min: 1, max: null };
    if (this.#take('?')) return { min: 0, max: 1 };
    if (!this.#take('{')) return null;
    const [low = '', high] = this.#until('}').split(',');
    const min = Number(low);
    return { min, max: high === undefined ? min : high === '' ? null : Number(high) };
  }

  #atom(): Regex {
    const character = this.#next();
    switch (character) {
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '.':
        return { kind: 'set', set: complement(lineEnds) };
      case '(':
        return this.#group();
      case '[':
        return { kind: 'set', set: this.#class() };
      case '\\':
        return { kind: 'set', set: this.#escape(false) };
      default:
        return { kind: 'set', set: characters(character) };
    }
  }

  #group(): Regex {
    if (this.#take('?')) {
      const kind = this.#next();
      if (kind === '<' && this.#peek() !== '=' && this.#peek() !== '!') this.#until('>');
      else if (kind !== ':') throw new UnsupportedRegex('it looks ahead or behind');
    }
    this.#depth += 1;
    if (this.#depth > deepestGroup) throw new UnsupportedRegex('it nests too deeply');
    const inner = this.choice();
    this.#depth -= 1;
    this.#next();
    return inner;
  }

  #class(): CodePoints {
    const negated = this.#take('^');
    let set: CodePoints = [];
    while (!this.#take(']')) {
      const low = this.#classAtom();
      const isRange = this.#peek() === '-' && this.#characters[this.#at + 1] !== ']';
      if (!isRange) {
        set = union(set, low);
        continue;
      }
      this.#next();
      const high = this.#classAtom();
      set = union(set, [[low[0]?.[0] ?? 0, high[0]?.[1] ?? 0]]);
    }
    return negated ? complement(set) : intersection(set, everything);
  }

  #classAtom(): CodePoints {
    const character = this.#next();
    return character === '\\' ? this.#escape(true) : characters(character);
  }

  #escape(inClass: boolean): CodePoints {
    const character = this.#next();
    const known = classes[character];
    if (known !== undefined) return known;
    if (character === 'p' || character === 'P') {
      this.#next();
      const set = unicodeProperty(this.#until('}'));
      return character === 'p' ? set : complement(set);
    }
    if (inClass && character === 'b') return characters('\b');
    if (character === 'b' || character === 'B') throw new UnsupportedRegex('it asks for the edge of a word');
    if (character === 'k' || /[1-9]/u.test(character)) {
      throw new UnsupportedRegex('it refers back to what a group matched');
    }
    return characters(controls[character] ?? this.#coded(character));
  }

  /** `\xHH`, `\uHHHH`, `\u{H…}`, `\cX`; anything else stands for itself. */
  #coded(character: string): string {
    if (character === 'x') return String.fromCodePoint(Number.parseInt(this.#many(2), 16));
    if (character === 'c') return String.fromCodePoint((this.#next().codePointAt(0) ?? 0) % 32);
    if (character !== 'u') return character;
    if (this.#take('{')) return String.fromCodePoint(Number.parseInt(this.#until('}'), 16));
    const unit = Number.parseInt(this.#many(4), 16);
    const paired = (unit & 0xfc_00) === 0xd8_00 && this.#peek() === '\\';
    if (!paired) return String.fromCodePoint(unit);
    this.#many(2);
    return String.fromCharCode(unit, Number.parseInt(this.#many(4), 16));
  }

  #peek(): string | undefined {
    return this.#characters[this.#at];
  }

  #next(): string {
    const character = this.#characters[this.#at];
    if (character === undefined) throw new UnsupportedRegex('it is not a regular expression');
    this.#at += 1;
    return character;
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }

  #many(count: number): string {
    return Array.from({ length: count }, () => this.#next()).join('');
  }

  #until(end: string): string {
    let text = '';
    for (let character = this.#next(); character !== end; character = this.#next()) text += character;
    return text;
  }
}
