import { fileSource, readGgufHeader, type ArrayElement, type MetadataValue } from '@impetus/gguf';

const longest = 200;
const mostElements = 8;

/** The keys and values of a file's header in words. None where it has no header that can be read. */
export async function metadataOf(
  path: string,
): Promise<readonly { readonly key: string; readonly value: string }[]> {
  try {
    await using source = await fileSource(path);
    const { metadata } = await readGgufHeader(source, { keepArraysUpTo: mostElements });
    return [...metadata].map(([key, value]) => ({ key, value: inWords(value) }));
  } catch {
    return [];
  }
}

function inWords(value: MetadataValue): string {
  if (value.type !== 'array') return cut(String(value.value));
  if (value.values === undefined) return `${value.count} values of the type ${value.elementType}`;
  return cut(value.values.map(element).join(', '));
}

function element(value: ArrayElement): string {
  return typeof value === 'object' ? `(${value.count} values)` : String(value);
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
