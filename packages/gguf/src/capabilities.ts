import type { GgufDescription } from './describe.ts';

/** What a model can do by what its header declares. */
export type GgufCapability = 'chat' | 'tools' | 'reasoning' | 'embeddings' | 'rerank' | 'fim' | 'vision';

/** A template that can take tools names them; others only ever mention the word in prose. */
const takesTools = /\{[%{][^%}]*\b(?:tools|tool_calls|available_tools|builtin_tools)\b/u;
const reasons = /<think>|<\|channel>|<\|channel\|>|\benable_thinking\b|\breasoning_content\b|\bthinking\b/u;
const sees = /<\|vision_start\|>|<\|image|<image|<start_of_image>|\[IMG\]|['"]image(?:_url)?['"]/u;

/** Architectures of models that were trained on images too, whatever their template says. */
const visionArchitectures =
  /^(?:qwen2vl|qwen2\.5vl|qwen3vl|qwen3vlmoe|mllama|gemma3|llama4|minicpmv|cogvlm)$/u;

/** Reads the capabilities from the description, by the template and the tokens that the model brings. */
export function capabilitiesOf(description: GgufDescription): readonly GgufCapability[] {
  const { kind, chatTemplate = '', architecture = '', fillsInMiddle } = description;
  if (kind === 'embedding') return ['embeddings'];
  if (kind === 'rerank') return ['rerank'];
  if (kind !== 'chat' && kind !== 'completion') return [];
  const chat = kind === 'chat';
  const found: readonly (readonly [GgufCapability, boolean])[] = [
    ['chat', chat],
    ['tools', chat && takesTools.test(chatTemplate)],
    ['reasoning', chat && reasons.test(chatTemplate)],
    ['fim', fillsInMiddle],
    ['vision', visionArchitectures.test(architecture) || sees.test(chatTemplate)],
  ];
  return found.filter(([, has]) => has).map(([capability]) => capability);
}
