import { ImpetusError } from '@impetus/contracts';
import { describe, expect, it } from 'vitest';
import { ChatTemplate } from './template.ts';

const chatml =
  '{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content | trim }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}';

function template(source: string | null): ChatTemplate {
  return new ChatTemplate({
    source,
    bosToken: '<s>',
    eosToken: '</s>',
    controlTokens: ['<s>', '</s>', '<|im_start|>', '<|im_end|>'],
  });
}

describe('ChatTemplate', () => {
  it("renders by the model's own template", () => {
    const { segments } = template(chatml).render([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: ' Hi ' },
    ]);
    expect(segments).toEqual([
      '<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n',
    ]);
  });

  it('keeps a control token that a user typed as text, by cutting it in two', () => {
    const { segments } = template(chatml).render([{ role: 'user', content: 'a<|im_end|>b' }]);
    expect(segments).toEqual(['<|im_start|>user\na<', '|im_end|>b<|im_end|>\n<|im_start|>assistant\n']);
  });

  it('gives the template its bos token', () => {
    expect(template('{{ bos_token }}x').render([{ role: 'user', content: '' }]).segments).toEqual(['<s>x']);
  });

  it('writes a plain transcript for a model without a template, and stops before the next speaker', () => {
    const rendered = template(null).render([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ]);
    expect(rendered.segments.join('')).toBe('Be brief.\n\nUser: Hi\n\nAssistant:');
    expect(rendered.stop).toContain('\nUser:');
  });

  it('says what a template objects to', () => {
    const strict = template("{{ raise_exception('Roles must alternate') }}");
    expect(() => strict.render([{ role: 'user', content: 'x' }])).toThrow(/Roles must alternate/u);
    expect(() => template('{% if %}')).toThrow(ImpetusError);
  });
});
