import { ImpetusError } from '@impetus/contracts';
import {
  anthropicContent,
  anthropicSource,
  type AnthropicBlock,
  type AnthropicContent,
} from '@impetus/contracts/anthropic';

/** The texts of content; `path` names it where one of its blocks cannot be read. */
export function textsOf(content: AnthropicContent, path: string): readonly string[] {
  if (typeof content === 'string') return [content];
  return content.map((block, index) => textOf(block, `${path}[${index}]`));
}

/** The text that a block stands for. Throws `invalid_request` naming the type of one that holds none. */
export function textOf(block: AnthropicBlock, path: string): string {
  switch (block.type) {
    case 'text':
      return required(block.text, `${path}.text`);
    case 'document':
      return titled(block, documentText(block, path));
    case 'search_result':
      return titled(block, textsOf(contentOf(block, path), `${path}.content`).join('\n'));
    case 'tool_reference':
      return `The tool ${required(block.tool_name, `${path}.tool_name`)} can be called now.`;
    default:
      throw unreadable(`a block of type '${block.type}'`, path);
  }
}

/** What is inside a block: text or blocks, nothing where it says nothing. */
export function contentOf({ content }: AnthropicBlock, path: string): AnthropicContent {
  const parsed = anthropicContent.safeParse(content ?? []);
  if (parsed.success) return parsed.data;
  throw new ImpetusError('invalid_request', `'${path}.content' must be a string or an array of blocks.`, {
    param: `${path}.content`,
    detail: 'invalid_type',
  });
}

/** A field that this type of block cannot do without. */
export function required(value: string | null | undefined, path: string): string {
  if (typeof value === 'string') return value;
  throw new ImpetusError('invalid_request', `'${path}' is required.`, {
    param: path,
    detail: 'missing_required_parameter',
  });
}

function documentText({ source }: AnthropicBlock, path: string): string {
  const parsed = anthropicSource.safeParse(source);
  if (!parsed.success) {
    throw new ImpetusError('invalid_request', `'${path}.source' must be an object with a type.`, {
      param: `${path}.source`,
      detail: 'invalid_type',
    });
  }
  const { type, data, content } = parsed.data;
  if (type === 'text') return required(data, `${path}.source.data`);
  if (type === 'content') return textsOf(content ?? [], `${path}.source.content`).join('\n');
  throw unreadable(`a document whose source has the type '${type}'`, path);
}

function titled({ title, context }: AnthropicBlock, text: string): string {
  return [title, context, text].filter((part) => typeof part === 'string' && part !== '').join('\n');
}

function unreadable(what: string, path: string): ImpetusError {
  return new ImpetusError(
    'invalid_request',
    `This model reads text alone; ${what} cannot be read (${path}).`,
    { param: path, detail: 'invalid_value' },
  );
}
