/** What surrounds a model's thinking. */
export interface ThinkingTags {
  readonly open: string;
  readonly close: string;
}

/** JSON objects with a name and arguments, between marks. */
export interface JsonSyntax {
  readonly kind: 'json';
  /** Null: the answer is a call from its first character. */
  readonly begin: string | null;
  readonly end: string | null;
  /** `list`: all calls in one JSON array; `each`: every call has marks of its own; `lines`: one after the other. */
  readonly form: 'list' | 'each' | 'lines';
  readonly nameKey: string;
  readonly argumentsKey: string;
}

/** A name, a mark, and the arguments as JSON. */
export interface NamedSyntax {
  readonly kind: 'named';
  /** Around all calls. */
  readonly section: { readonly open: string; readonly close: string } | null;
  /** Before each call. */
  readonly begin: string;
  /** Before the name. */
  readonly prefix: string;
  /** Behind the name. */
  readonly separator: string;
  /** Between the arguments and what follows. */
  readonly end: string;
  /** The name has a counter behind it, as in `name:0`. */
  readonly numbered: boolean;
}

/** Tags for the call and for each parameter, whose values stand as they are. */
export interface TaggedSyntax {
  readonly kind: 'tagged';
  readonly begin: string;
  readonly end: string;
  /** Before and behind the name of the tool. */
  readonly call: readonly [before: string, behind: string];
  readonly callEnd: string;
  /** Before and behind the name of a parameter. */
  readonly parameter: readonly [before: string, behind: string];
  readonly parameterEnd: string;
  /** Values stand on lines of their own. */
  readonly lines: boolean;
  /** Each call has a `begin` of its own; otherwise one is around all. */
  readonly each: boolean;
}

/** GLM's: a name, then keys and values in turn. */
export interface PairsSyntax {
  readonly kind: 'pairs';
  readonly begin: string;
  readonly end: string;
}

/** Calls as Python writes them, in a list. */
export interface PythonSyntax {
  readonly kind: 'python';
  readonly begin: string | null;
  readonly end: string | null;
}

/** Gemma's: a name and an object whose strings have marks in place of quotes. */
export interface GemmaSyntax {
  readonly kind: 'gemma';
  readonly begin: string;
  readonly end: string;
  readonly quote: string;
}

/** Messages on channels, with recipients. */
export interface HarmonySyntax {
  readonly kind: 'harmony';
}

export type ToolSyntax =
  | JsonSyntax
  | NamedSyntax
  | TaggedSyntax
  | PairsSyntax
  | PythonSyntax
  | GemmaSyntax
  | HarmonySyntax;

/** How a model writes what is more than text. */
export interface ChatFormat {
  /** For people and for tests: whose form it is. */
  readonly family: string;
  readonly tools: ToolSyntax;
  /** The template itself says how tools are called; otherwise the general form is told in the system prompt. */
  readonly toolsInTemplate: boolean;
  readonly thinking: ThinkingTags;
  /** The template knows of thinking. */
  readonly thinks: boolean;
  /** The template can switch thinking off, or choose its effort. */
  readonly thinkingChoice: boolean;
}
