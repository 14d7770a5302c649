import {
  fileSource,
  readGgufHeader,
  type ArrayElement,
  type Metadata,
  type MetadataValue,
} from '@impetus/gguf';

const longest = 200;
const mostElements = 8;

/** The keys and values of a file's header in words. None where it has no header that can be read. */
export async function metadataOf(
  path: string,
): Promise<readonly { readonly key: string; readonly value: string }[]> {
  const metadata = await readMetadata(path, mostElements);
  return [...metadata].map(([key, value]) => ({ key, value: inWords(value) }));
}

/** What a file's header says; nothing where it has none that can be read. Longer arrays tell their length alone. */
export async function readMetadata(path: string, keepArraysUpTo: number): Promise<Metadata> {
  try {
    await using source = await fileSource(path);
    return (await readGgufHeader(source, { keepArraysUpTo })).metadata;
  } catch {
    return new Map();
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
