import { describe, expect, it } from 'vitest';
import { detectFormat } from './detect.ts';
import { families } from './testing/families.ts';

describe('detectFormat', () => {
  it.each(Object.entries(families))('knows %s by its marks', (family, template) => {
    expect(detectFormat(template).family).toBe(family);
    expect(detectFormat(template).toolsInTemplate).toBe(family !== 'general');
  });

  it('takes the general form for a model without a template, and for a template without tools', () => {
    expect(detectFormat(null)).toMatchObject({ family: 'general', toolsInTemplate: false, thinks: false });
    expect(detectFormat('<|im_start|>{{ messages }}')).toMatchObject({ family: 'general', thinks: false });
  });

  it('sees whether thinking can be chosen', () => {
    expect(detectFormat('{% if enable_thinking %}<think></think>')).toMatchObject({
      thinks: true,
      thinkingChoice: true,
    });
    expect(detectFormat('<think></think>')).toMatchObject({ thinks: true, thinkingChoice: false });
    expect(detectFormat('{{ reasoning_effort }}')).toMatchObject({ thinkingChoice: true });
  });
});
