import { scopes as allScopes, type Scope } from '@impetus/contracts/scope-list';

/** What a scope lets its holder do, for people. */
interface ScopeWords {
  /** Begins a line: “Use models”. */
  readonly label: string;
  readonly hint: string;
  /** Within a sentence: “use models”. */
  readonly verb: string;
}

export const scopeWords: Readonly<Record<Scope, ScopeWords>> = {
  infer: { label: 'Use models', hint: 'Chat, and ask through the API.', verb: 'use models' },
  load: {
    label: 'Load and unload models',
    hint: 'Decide what the Mac holds in memory, and stop what it writes.',
    verb: 'load and unload models',
  },
  download: { label: 'Download models', hint: 'Fill the disk of the Mac.', verb: 'download models' },
  remove: {
    label: 'Remove models',
    hint: 'Delete the files of models from the disk.',
    verb: 'remove models',
  },
  admin: {
    label: 'Manage this Mac',
    hint: 'Settings, devices, keys and the audit log. Includes all of the above.',
    verb: 'manage this Mac',
  },
};

/** A usual set of scopes under one name. */
export type Preset = 'everything' | 'models' | 'chat' | 'own';

export const presetScopes: Readonly<Record<Exclude<Preset, 'own'>, readonly Scope[]>> = {
  everything: allScopes,
  models: ['infer', 'load', 'download', 'remove'],
  chat: ['infer'],
};

export const presetWords: Readonly<Record<Preset, { readonly label: string; readonly hint: string }>> = {
  everything: { label: 'Everything', hint: 'Also lets other devices in, and changes settings.' },
  models: {
    label: 'Use and manage models',
    hint: 'Chat, load, download and remove. No devices, keys or settings.',
  },
  chat: { label: 'Chat only', hint: 'Asks models, and loads what it asks.' },
  own: { label: 'Choose each', hint: 'Pick what is allowed one by one.' },
};

/** The preset that a set of scopes is. */
export function presetOf(scopes: readonly Scope[]): Preset {
  if (scopes.includes('admin')) return 'everything';
  const found = (['models', 'chat'] as const).find((preset) => isSame(presetScopes[preset], scopes));
  return found ?? 'own';
}

function isSame(a: readonly Scope[], b: readonly Scope[]): boolean {
  return a.length === b.length && a.every((scope) => b.includes(scope));
}

/** What a set of scopes permits, as one short line. */
export function scopesLine(scopes: readonly Scope[]): string {
  const preset = presetOf(scopes);
  if (preset !== 'own') return presetWords[preset].label;
  if (scopes.length === 0) return 'Nothing';
  return sentence(allScopes.filter((scope) => scopes.includes(scope)).map((scope) => scopeWords[scope].verb));
}

function sentence(parts: readonly string[]): string {
  const text = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
