import type { ModelEntry } from '@impetus/contracts';
import type { OllamaKeepAlive } from '@impetus/contracts/ollama';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireScope } from '../../../auth/scopes.ts';
import { requireUsable } from '../../../models/usable.ts';
import type { Services } from '../../../services.ts';
import { clientSignal } from '../../../wire/disconnect.ts';
import { requesterOf } from '../../../wire/requester.ts';
import { toIdleUnload } from './keep-alive.ts';
import type { PartFormat } from './format.ts';

export interface Residence {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly entry: ModelEntry;
  /** The name that the request used. */
  readonly model: string;
  readonly keepAlive: OllamaKeepAlive;
  readonly contextSize: number | undefined;
  readonly format: PartFormat;
}

/** A request without a prompt: it loads the model, or unloads it where it is to be kept for no time. */
export async function changeResidence(
  { catalogue, inference }: Services,
  { request, reply, entry, model, keepAlive: asked, contextSize, format }: Residence,
) {
  const keepAlive = toIdleUnload(asked);
  const requester = requesterOf(request);
  if (keepAlive === 0) {
    requireScope(requester, 'load');
    await inference.unload(entry.id);
  } else {
    requireUsable(catalogue, entry.id);
    const question = { kind: 'tokenize', text: '', addSpecial: false, parseSpecial: false } as const;
    await inference.ask({
      modelId: entry.id,
      requester,
      question,
      signal: clientSignal(reply.raw),
      keepAlive,
      contextSize,
    });
  }
  return {
    model,
    created_at: new Date().toISOString(),
    ...format({ content: '' }),
    done: true,
    done_reason: keepAlive === 0 ? 'unload' : 'load',
  };
}
