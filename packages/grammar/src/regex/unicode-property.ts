import { everything, type CodePoints } from './code-points.ts';

const known = new Map<string, CodePoints>();

/** The characters of a Unicode property, such as `L` or `Script=Greek`, asked of the engine's own tables once. */
export function unicodeProperty(name: string): CodePoints {
  const cached = known.get(name);
  if (cached !== undefined) return cached;
  const property = new RegExp(`^\\p{${name}}$`, 'u');
  const ranges: [number, number][] = [];
  for (const [first, last] of everything) {
    for (let point = first; point <= last; point += 1) {
      if (!property.test(String.fromCodePoint(point))) continue;
      const previous = ranges.at(-1);
      if (previous?.[1] === point - 1) previous[1] = point;
      else ranges.push([point, point]);
    }
  }
  known.set(name, ranges);
  return ranges;
}
