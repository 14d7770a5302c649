import type { JsonSchema } from '@impetus/contracts';

/** What a piece of an answer turned out to be. Texts of the same kind that follow each other belong together. */
export type ParsedPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  /** The thinking is over; `after` is what is here of the rest, for a grammar that takes over now. */
  | { readonly kind: 'thought'; readonly after: string }
  /**
   * Calls begin behind `mark`, or with the answer itself where that is null; of a tool that is known already, where
   * the name came first. `after` is what is here of them, for a grammar that takes over now.
   */
  | {
      readonly kind: 'calls';
      readonly mark: string | null;
      readonly tool: string | null;
      readonly after: string;
    }
  | { readonly kind: 'call'; readonly name: string }
  | { readonly kind: 'arguments'; readonly text: string }
  /** The call is whole, and its arguments are JSON. */
  | { readonly kind: 'call-end' };

export type Emit = (piece: ParsedPiece) => void;

/** A tool as parsers need it: its name, and what its parameters look like. */
export interface KnownTool {
  readonly name: string;
  readonly parameters?: JsonSchema;
}

export type KnownTools = ReadonlyMap<string, KnownTool>;

export function knownTools(tools: readonly KnownTool[]): KnownTools {
  return new Map(tools.map((tool) => [tool.name, tool]));
}
