import { ImpetusError } from '@impetus/contracts';
import { z } from 'zod';
import { parseBody } from '../wire/validation.ts';

type Values = Readonly<Record<string, unknown>>;

/** What may be set, what it is now, and what it is when nothing was chosen. */
export interface Settable {
  readonly schema: z.ZodObject;
  readonly current: Values;
  readonly defaults: Values;
}

/**
 * Reads assignments such as `contextSize=8192`, `aliases=a,b`, `sampling.temperature=0.5` and `kvType=`, which goes
 * back to the default. Throws `invalid_request` naming the setting that is at fault.
 */
export function readAssignments(
  assignments: readonly string[],
  { schema, current, defaults }: Settable,
): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const assignment of assignments) {
    const [key, text] = split(assignment);
    const [name = '', part, ...deeper] = key.split('.');
    const field = fieldOf(schema, name);
    if (field === undefined || deeper.length > 0) throw unknownSetting(key, schema);
    changes[name] =
      part === undefined
        ? read(name, field, text, defaults[name])
        : withPart(key, part, text, field, (changes[name] ?? current[name]) as Values);
  }
  return changes;
}

function split(assignment: string): readonly [key: string, text: string] {
  const equals = assignment.indexOf('=');
  if (equals > 0) return [assignment.slice(0, equals).trim(), assignment.slice(equals + 1).trim()];
  throw new ImpetusError('invalid_request', `“${assignment}” is no setting; write name=value.`);
}

/** One part of a setting that has several; empty removes it. */
function withPart(key: string, part: string, text: string, field: z.ZodType, before: Values): Values {
  const schema = fieldOf(field, part);
  if (schema === undefined) throw unknownSetting(key, field);
  const { [part]: _, ...others } = before;
  return text === '' ? others : { ...others, [part]: read(key, schema, text, undefined) };
}

function fieldOf(schema: z.ZodType, name: string): z.ZodType | undefined {
  if (!(schema instanceof z.ZodObject) || !Object.hasOwn(schema.shape, name)) return undefined;
  return schema.shape[name] as z.ZodType;
}

function read(key: string, schema: z.ZodType, text: string, fallback: unknown): unknown {
  if (text === '') return fallback;
  const candidates = meanings(text);
  const fitting = candidates.find((value) => schema.safeParse(value).success);
  // What has the right type and is wrong in another way tells more than what has the wrong type.
  const telling = candidates.find((value) => !hasWrongType(schema, value));
  const value = fitting ?? telling ?? candidates[0];
  return parseBody(z.object({ [key]: schema }), { [key]: value })[key];
}

function hasWrongType(schema: z.ZodType, value: unknown): boolean {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  return issue?.code === 'invalid_type' && issue.path.length === 0;
}

/** All that a text on a command line can mean, the narrowest first; the schema says which it is. */
function meanings(text: string): unknown[] {
  const list = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return [
    ...(Number.isFinite(Number(text)) ? [Number(text)] : []),
    ...(text === 'true' || text === 'false' ? [text === 'true'] : []),
    ...(/^[[{]/u.test(text) ? parseJson(text) : []),
    text,
    list,
  ];
}

function parseJson(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}

function unknownSetting(key: string, schema: z.ZodType): ImpetusError {
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const hint = names.length === 0 ? 'It has no parts.' : `There are: ${names.join(', ')}.`;
  return new ImpetusError('invalid_request', `There is no setting “${key}”. ${hint}`, { param: key });
}
