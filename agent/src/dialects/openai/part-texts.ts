import { ImpetusError } from '@impetus/contracts';
import { shown } from '../../wire/shown.ts';

interface Part {
  readonly type: string;
  readonly text?: string | null | undefined;
}

const textTypes: ReadonlySet<string> = new Set([
  'text',
  'input_text',
  'output_text',
  'summary_text',
  'reasoning_text',
]);

/** The texts of a message's parts. A picture or a file is refused by name, never left out. */
export function partTexts(parts: readonly Part[], param: string): readonly string[] {
  return parts.map(({ type, text }, index) => {
    if (textTypes.has(type) && typeof text === 'string') return text;
    if (type === 'refusal') return '';
    throw new ImpetusError(
      'invalid_request',
      textTypes.has(type)
        ? `'${param}[${index}].text' is required.`
        : `This model reads text alone; a part of type '${shown(type)}' cannot be read.`,
      { param: `${param}[${index}]`, detail: 'invalid_value' },
    );
  });
}
