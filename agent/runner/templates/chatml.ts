/** What is used for a model that brought no template. */
export interface Fallback {
  readonly source: string;
  readonly stop: readonly string[];
}

const marked = `{%- for message in messages -%}
<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endfor -%}
{%- if add_generation_prompt -%}
<|im_start|>assistant
{% endif -%}`;

const plain = `{%- for message in messages -%}
{%- if message.role == 'user' -%}User: {% elif message.role == 'assistant' -%}Assistant: {% endif -%}
{{ message.content }}

{% endfor -%}
{%- if add_generation_prompt -%}Assistant:{% endif -%}`;

/**
 * ChatML where the vocabulary has its marks; otherwise a plain transcript, which any model that was trained on text
 * can continue, and which ends where somebody else would speak.
 */
export function chatml(controlTokens: readonly string[]): Fallback {
  if (controlTokens.includes('<|im_start|>')) return { source: marked, stop: ['<|im_end|>'] };
  return { source: plain, stop: ['\n\nUser:', '\nUser:'] };
}
