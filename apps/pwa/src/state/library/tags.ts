/** Tags as someone writes them in a line: apart by commas, each once. */
export function readTags(text: string): readonly string[] {
  const tags = text
    .split(',')
    .map((tag) => tag.trim().replaceAll(/\s+/gu, ' '))
    .filter(Boolean);
  return [...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values()];
}

/** The tags that all of several models have. */
export function commonTags(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...rest] = lists;
  return first.filter((tag) => rest.every((tags) => tags.includes(tag)));
}

/** A model's tags when those that all had are replaced by others; what it alone had stays. */
export function replaceTags(
  own: readonly string[],
  common: readonly string[],
  next: readonly string[],
): readonly string[] {
  const kept = own.filter((tag) => !common.includes(tag) && !next.includes(tag));
  return [...next, ...kept];
}
