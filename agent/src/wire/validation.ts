import { ImpetusError } from '@impetus/contracts';
import type { z } from 'zod';
import { shown } from './shown.ts';

type Issue = z.core.$ZodIssue;

/** Reads a body by its schema. Throws `invalid_request` naming the field, what was expected and what came. */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ImpetusError('invalid_request', 'The body must be a JSON object.', { detail: 'invalid_type' });
  }
  if (isTooDeep(body)) {
    throw new ImpetusError('invalid_request', `The body is nested more than ${deepestNesting} levels deep.`, {
      detail: 'invalid_value',
    });
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = deepest(result.error.issues);
  const param = fieldName(issue.path);
  const detail = detailOf(issue, valueAt(body, issue.path) === undefined);
  throw new ImpetusError('invalid_request', `'${param}' ${expectation(issue, valueAt(body, issue.path))}.`, {
    param,
    detail,
  });
}

/** No client means more; whatever follows a body of any depth runs out of stack at some. */
const deepestNesting = 200;

/** Looks level by level, so that it needs no stack itself. */
function isTooDeep(body: object): boolean {
  let level: readonly object[] = [body];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > deepestNesting) return true;
    level = level.flatMap((value) => Object.values(value).filter(isObject));
  }
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** `messages[0].content`, as OpenAI names fields. */
function fieldName(path: Issue['path']): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name === '' ? shown(String(part)) : `${name}.${shown(String(part))}`;
  }, '');
}

/** In a union the branch that got furthest is the one that was meant. */
function deepest(issues: readonly Issue[]): Issue {
  const [first] = issues;
  if (first === undefined) throw new Error('a failed parse has issues');
  if (first.code !== 'invalid_union') return first;
  const inner = first.errors
    .flatMap((branch) => branch.slice(0, 1))
    .map((issue) => deepest([{ ...issue, path: [...first.path, ...issue.path] }]))
    .toSorted((a, b) => b.path.length - a.path.length || Number(isAboutSize(b)) - Number(isAboutSize(a)))[0];
  if (inner === undefined) return first;
  return inner.path.length > first.path.length || isAboutSize(inner) ? inner : first;
}

/** Such a value has the right type, and so got further than one that has not. */
function isAboutSize({ code }: Issue): boolean {
  return code === 'too_small' || code === 'too_big';
}

function expectation(issue: Issue, value: unknown): string {
  if (value === undefined) return 'is required';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${article(issue.expected)}, but ${article(typeName(value))} was sent`;
    case 'invalid_value':
      return `must be one of ${issue.values.map((allowed) => JSON.stringify(allowed)).join(', ')}`;
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'string'
        ? 'must not be empty'
        : `must be at least ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `must have at most ${issue.maximum} entries`
        : `must be at most ${issue.maximum}`;
    case 'invalid_union':
      // A schema with words of its own for the whole union says more than the type.
      if (issue.message !== 'Invalid input') return `is not valid: ${clause(issue.message)}`;
      return `has the wrong type: ${article(typeName(value))} was sent`;
    default:
      return `is not valid: ${clause(issue.message)}`;
  }
}

/** A sentence as the end of another one. */
function clause(sentence: string): string {
  return sentence.replace(/\.$/u, '');
}

/** OpenAI's code for the same mistake. */
function detailOf(issue: Issue, missing: boolean): string {
  if (missing) return 'missing_required_parameter';
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_union':
      return 'invalid_type';
    case 'too_small':
      return issue.origin === 'array' ? 'empty_array' : 'invalid_value';
    case 'too_big':
      return issue.origin === 'array' ? 'array_above_max_length' : 'invalid_value';
    default:
      return 'invalid_value';
  }
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function article(type: string): string {
  if (type === 'null') return 'null';
  if (type === 'int') return 'an integer';
  return `${/^[aeiou]/u.test(type) ? 'an' : 'a'} ${type}`;
}

function valueAt(body: unknown, path: Issue['path']): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    body,
  );
}
