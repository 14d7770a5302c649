import type { ChatMessage, StartChatInput } from '@impetus/contracts/chat';
import type { Conversation } from './conversation.ts';

/** What the agent is asked for: the system prompt, then the turns, as templates of every family accept them. */
export function toRequest(conversation: Conversation, model: string): StartChatInput {
  const { temperature, maxTokens } = conversation.settings;
  return {
    model,
    messages: toMessages(conversation),
    sampling: temperature === null ? {} : { temperature },
    ...(maxTokens === null ? {} : { maxTokens }),
  };
}

function toMessages({ settings, turns }: Conversation): ChatMessage[] {
  const systemPrompt = settings.systemPrompt.trim();
  const messages: ChatMessage[] = systemPrompt === '' ? [] : [{ role: 'system', content: systemPrompt }];
  for (const { role, text } of turns) {
    if (text === '') continue;
    const last = messages.at(-1);
    // A question whose answer failed is followed by the next question; many templates insist on turns.
    if (last?.role === role) messages[messages.length - 1] = { role, content: `${last.content}\n\n${text}` };
    else messages.push({ role, content: text });
  }
  return messages;
}
