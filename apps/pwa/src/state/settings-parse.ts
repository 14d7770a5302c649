import {
  modelSettingsSchema,
  settingsThatReload,
  type ModelSettings,
} from '@impetus/contracts/model-settings';
import { numberFields, samplingFields, toDraft, type SettingsDraft } from './settings-draft.ts';

type SettingName = keyof ModelSettings;
type SchemaError = NonNullable<ReturnType<typeof modelSettingsSchema.safeParse>['error']>;
type Issue = SchemaError['issues'][number];

/** What the fields hold: every setting that is valid, and what is wrong with the others. */
export interface ReadDraft {
  readonly settings: Partial<ModelSettings>;
  /** By field: `contextSize`, `sampling.topP`, `adapters.0.path`. Empty where all is valid. */
  readonly errors: Readonly<Record<string, string>>;
}

/** Reads the fields; the schema of the agent says what is valid. */
export function readDraft(draft: SettingsDraft): ReadDraft {
  const entered = toInput(draft);
  const parsed = modelSettingsSchema.safeParse(entered, { error: (issue) => wordsFor(issue as Issue) });
  const errors = parsed.success ? {} : errorsOf(parsed.error, entered.aliases);
  if (draft.speculation === 'draft' && draft.draftModel === null) {
    return {
      settings: validParts(entered),
      errors: { ...errors, draftModel: 'Choose the model that guesses.' },
    };
  }
  return { settings: parsed.success ? parsed.data : validParts(entered), errors };
}

function toInput(draft: SettingsDraft) {
  const numbers = Object.fromEntries(numberFields.map((name) => [name, wholeOrNull(draft[name])]));
  const sampling = samplingFields.flatMap((name) => {
    const text = draft.sampling[name].trim();
    return text === '' ? [] : [[name, decimal(text)]];
  });
  return {
    ...numbers,
    aliases: draft.aliases.split(/[\s,;]+/u).filter(Boolean),
    flashAttention: draft.flashAttention === 'default' ? null : draft.flashAttention === 'on',
    kvType: draft.kvType === 'default' ? null : draft.kvType,
    idleUnload: idleOf(draft),
    pinned: draft.pinned,
    preload: draft.preload,
    sampling: Object.fromEntries(sampling) as Record<string, number>,
    systemPrompt: draft.systemPrompt.trim() === '' ? null : draft.systemPrompt,
    chatTemplate: draft.chatTemplate.trim() === '' ? null : draft.chatTemplate,
    speculation: draft.speculation,
    draftModel: draft.draftModel,
    adapters: draft.adapters.map(({ path, scale }) => ({ path, scale: decimal(scale) })),
  };
}

/** A whole number, however its thousands are set apart; an empty field is null. */
function wholeOrNull(text: string): number | null {
  const digits = text.replace(/[\s,'’_]/gu, '');
  return digits === '' ? null : Number(digits);
}

/** A number in either decimal notation. */
function decimal(text: string): number {
  const trimmed = text.trim().replace(',', '.');
  return trimmed === '' ? Number.NaN : Number(trimmed);
}

function idleOf({ idle, idleMinutes }: SettingsDraft): unknown {
  if (idle === 'default') return null;
  if (idle === 'never') return 'never';
  return idle === 'at-once' ? 0 : decimal(idleMinutes);
}

function validParts(entered: Record<string, unknown>): Partial<ModelSettings> {
  const { shape } = modelSettingsSchema;
  const valid = Object.entries(entered).flatMap(([name, value]) => {
    const parsed = shape[name as SettingName].safeParse(value);
    return parsed.success ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(valid) as Partial<ModelSettings>;
}

function errorsOf({ issues }: SchemaError, aliases: readonly string[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, message } of issues) {
    const [name, index] = path;
    const field = name === 'aliases' ? 'aliases' : path.join('.');
    const alias = name === 'aliases' && typeof index === 'number' ? `“${aliases[index]}”: ` : '';
    errors[field] ??= alias + message;
  }
  return errors;
}

/** What is wrong, where the schema itself has no words for it. */
function wordsFor(issue: Issue): string | undefined {
  const limit = (value: number | bigint): string => value.toLocaleString('en');
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'Enter a whole number.' : 'Enter a number.';
    case 'too_small':
      return `Enter ${limit(issue.minimum)} or more.`;
    case 'too_big':
      return issue.origin === 'string'
        ? `At most ${limit(issue.maximum)} characters.`
        : `Enter ${limit(issue.maximum)} or less.`;
    default:
      return undefined;
  }
}

/** Those of the valid settings that differ from what is stored, which is read the same way to be comparable. */
export function changedSettings(
  stored: ModelSettings,
  entered: Partial<ModelSettings>,
): Partial<ModelSettings> {
  const before = readDraft(toDraft(stored)).settings;
  const changed = Object.entries(entered).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as SettingName]),
  );
  return Object.fromEntries(changed);
}

const affectsMemory: ReadonlySet<string> = new Set(
  settingsThatReload.filter((name) => name !== 'chatTemplate'),
);

/** Those that decide what a model takes in memory. */
export function memorySettings(entered: Partial<ModelSettings>): Partial<ModelSettings> {
  const kept = Object.entries(entered).filter(([name]) => affectsMemory.has(name));
  return Object.fromEntries(kept);
}
