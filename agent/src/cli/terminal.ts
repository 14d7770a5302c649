import type { Environment } from '../config/paths.ts';

/** What a command has of the process that it runs in. */
export interface Terminal {
  readonly env: Environment;
  /** A line for whoever reads the answer. */
  out(line: string): void;
  /** A line for whoever watches. */
  note(line: string): void;
  /** Whether somebody sits at it. */
  readonly interactive: boolean;
  /** A secret: typed without being shown, or the first line of what is piped in. */
  readSecret(question: string): Promise<string>;
  /** The line that tells how far something is, in the place of the last one; null takes it away. */
  progress(line: string | null): void;
  /** What whoever watches answers to a question; null where nobody does. */
  ask(question: string): Promise<string | null>;
  /**
   * From now on a signal asks for a stop instead of ending the process. Aborts with a StopRequest; what was
   * thrown and caught nowhere asks for one too.
   */
  stopRequested(): AbortSignal;
}

export type StopRequest =
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'crash'; readonly error: unknown };
