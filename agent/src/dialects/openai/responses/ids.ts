import { randomUUID } from 'node:crypto';

/** What the ids of a response and of all its items have in common. */
export function newResponseKey(): string {
  return randomUUID().replaceAll('-', '');
}

export function responseId(key: string): string {
  return `resp_${key}`;
}

/** An item's id says where it is, so that a reference to it finds it. */
export function itemId(prefix: string, key: string, place: 'input' | 'output', index: number): string {
  return `${prefix}_${key}${place === 'input' ? 'i' : 'o'}${index}`;
}

export interface ItemPlace {
  readonly responseId: string;
  readonly place: 'input' | 'output';
  readonly index: number;
}

const pattern = /^[a-z]+_(?<key>[0-9a-f]{32})(?<place>[io])(?<index>\d{1,6})$/u;

/** Where the item of this id is; null for ids that others made. */
export function itemPlace(id: string): ItemPlace | null {
  const { key, place, index } = pattern.exec(id)?.groups ?? {};
  if (key === undefined) return null;
  return { responseId: responseId(key), place: place === 'i' ? 'input' : 'output', index: Number(index) };
}
