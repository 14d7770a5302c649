import { z } from 'zod';
import { samplingSchema } from './sampling.ts';

/** One message of a conversation, as the chat page sends it and as templates see it. */
export const chatMessageSchema = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string(),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

/** What starts an answer on the chat page. */
export const startChatInput = z.object({
  model: z.string().min(1),
  messages: z.array(chatMessageSchema).min(1, 'A conversation needs at least one message.'),
  sampling: samplingSchema.default({}),
  maxTokens: z.number().int().positive().optional(),
});
export type StartChatInput = z.infer<typeof startChatInput>;
