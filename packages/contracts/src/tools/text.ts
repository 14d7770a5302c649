import type { ToolModel, ToolTarget } from './types.ts';

/** A string that a POSIX shell takes as it is. */
export function shellText(value: string): string {
  return /^[\w@%+=:,./[\]-]+$/u.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** `export NAME=value` lines; those without a value are left out. */
export function exports(variables: Readonly<Record<string, string | null>>): string {
  return Object.entries(variables)
    .filter((entry): entry is [string, string] => entry[1] !== null)
    .map(([name, value]) => `export ${name}=${value.startsWith('"') ? value : shellText(value)}`)
    .join('\n');
}

/** The authority’s file as a shell finds it: beneath the home folder of whoever is signed in. */
export function authorityInShell({ authority }: ToolTarget): string | null {
  return authority === null ? null : `"$HOME/${authority}"`;
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A string as TOML and YAML take it: both know the escapes of JSON. */
export function quoted(value: string): string {
  return JSON.stringify(value);
}

/** How much of the context an answer may take: the most for long files, a quarter of a small context. */
export function outputOf({ contextSize }: ToolModel): number {
  return Math.min(8_192, Math.max(256, Math.floor(contextSize / 4)));
}

/** The address of OpenAI’s API. */
export function apiOf({ origin }: ToolTarget): string {
  return `${origin}/v1`;
}
