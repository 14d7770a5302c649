/** What a program is pointed at. */
export interface ToolTarget {
  /** Such as `https://impetus-k4rt.local:8443`, without a path. */
  readonly origin: string;
  /** The file with the authority’s certificate, beneath the home folder; null where no program needs it. */
  readonly authority: string | null;
  readonly key: string;
  readonly model: ToolModel;
}

export interface ToolModel {
  readonly id: string;
  readonly name: string;
  /** Tokens that a request and its answer share. */
  readonly contextSize: number;
  readonly thinks: boolean;
}

/** One thing to type into a form. */
export interface ToolField {
  readonly label: string;
  readonly value: string;
}

/** One step of connecting a program, in the order in which they are taken. */
export type ToolStep =
  | {
      readonly kind: 'file';
      /** Where it belongs. */
      readonly path: string;
      readonly language: 'json' | 'toml' | 'yaml';
      readonly text: string;
      readonly note?: string;
    }
  | { readonly kind: 'terminal'; readonly text: string; readonly note?: string }
  | {
      readonly kind: 'program';
      readonly path: string;
      readonly language: 'python' | 'typescript';
      readonly text: string;
      readonly note?: string;
    }
  | {
      readonly kind: 'form';
      /** Where in the program the form is. */
      readonly where: string;
      readonly fields: readonly ToolField[];
      readonly note?: string;
    };

/** What the agent is asked for by the self-test, in the order in which it is done. */
export const conformanceChecks = [
  'models',
  'stream',
  'usage',
  'tools',
  'fim',
  'responses',
  'messages',
  'context',
] as const;
export type ConformanceCheck = (typeof conformanceChecks)[number];

/** A program that can use a model of the agent. */
export interface Tool {
  readonly id: string;
  /** As its makers write it; its key is named so. */
  readonly name: string;
  readonly kind: 'agent' | 'editor' | 'chat' | 'code';
  /** One line: what it is. */
  readonly about: string;
  /**
   * How it comes to trust the authority: `file` by a variable that names the file, which is among the steps; `system`
   * where the certificate has to be installed on its computer, as for a browser.
   */
  readonly trust: 'file' | 'system';
  /** Made with a runtime that refuses certificates with addresses, so that over https it needs the name. */
  readonly needsName?: true;
  /** What it cannot do without. */
  readonly needs: readonly ConformanceCheck[];
  /** What its first request takes of the context, in tokens, about; null where that is the user’s own. */
  readonly opensWith: number | null;
  /** Opens the program, or the place where it is installed. */
  readonly link?: { readonly href: string; readonly label: string };
  readonly steps: (target: ToolTarget) => readonly ToolStep[];
}
