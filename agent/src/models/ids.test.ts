import { describe, expect, it } from 'vitest';
import { assignIds } from './ids.ts';

const model = (path: string, ...wanted: string[]) => ({ path, identity: `i:${path}`, wanted });
const had = (id: string, path: string, identity = `i:${path}`) => ({ id, path, identity });

describe('assignIds', () => {
  it('takes the best name that nobody has', () => {
    const found = [
      model('/m/a.gguf', 'a'),
      model('/hf/a.gguf', 'a', 'o/r/a'),
      model('/x/a.gguf', 'a', 'o/r/a'),
    ];
    expect(assignIds(found, [])).toEqual(['a', 'o/r/a', 'o/r/a-2']);
  });

  it('keeps the id that a path had, whatever came before it in the list', () => {
    const found = [model('/1/a.gguf', 'a', '1/a'), model('/2/a.gguf', 'a', '2/a')];
    expect(assignIds(found, [had('a', '/2/a.gguf')])).toEqual(['1/a', 'a']);
  });

  it('follows a file that was renamed', () => {
    const renamed = { ...model('/m/b.gguf', 'b'), identity: 'i:/m/a.gguf' };
    expect(assignIds([renamed], [had('a', '/m/a.gguf')])).toEqual(['a']);
  });

  it('does not follow a link to a file that still has its own path', () => {
    const link = { ...model('/m/b.gguf', 'b'), identity: 'i:/m/a.gguf' };
    expect(assignIds([model('/m/a.gguf', 'a'), link], [had('a', '/m/a.gguf')])).toEqual(['a', 'b']);
  });

  it('lets a new file have the id of one that is gone', () => {
    expect(assignIds([model('/n/a.gguf', 'a')], [had('a', '/m/a.gguf')])).toEqual(['a']);
  });

  it('gives one id to one model alone', () => {
    const twins = [model('/m/b.gguf', 'b'), model('/m/c.gguf', 'c')].map((twin) => ({
      ...twin,
      identity: 'i',
    }));
    expect(assignIds(twins, [had('a', '/m/a.gguf', 'i')])).toEqual(['a', 'c']);
  });
});
