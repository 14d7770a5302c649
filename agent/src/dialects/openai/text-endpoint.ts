import type { Generation } from '@impetus/contracts';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Inference } from '../../inference/types.ts';
import { clientSignal } from '../../wire/disconnect.ts';
import { promptBodyLimit, requesterOf } from '../../wire/requester.ts';
import { parseBody } from '../../wire/validation.ts';
import { replyWith } from './reply.ts';
import type { ReplyFormat } from './format.ts';

interface TextBody {
  readonly model: string;
  readonly stream?: boolean | null | undefined;
  readonly stream_options?: { readonly include_usage?: boolean | null | undefined } | null | undefined;
}

/** What tells one endpoint that writes text from another. */
export interface TextEndpoint<Body extends TextBody> {
  readonly path: string;
  readonly schema: z.ZodType<Body>;
  readonly toGeneration: (body: Body) => Generation;
  readonly format: ReplyFormat;
}

export function registerTextEndpoint<Body extends TextBody>(
  app: FastifyInstance,
  inference: Inference,
  { path, schema, toGeneration, format }: TextEndpoint<Body>,
): void {
  app.post(path, { bodyLimit: promptBodyLimit }, (request, reply) => {
    const body = parseBody(schema, request.body);
    const stream = body.stream === true;
    const input = toGeneration(body);
    const events = inference.generate({
      modelId: body.model,
      requester: requesterOf(request),
      origin: { dialect: 'openai', endpoint: path, streamed: stream },
      input,
      signal: clientSignal(reply.raw),
    });
    return replyWith(reply, events, format, {
      model: body.model,
      stream,
      includeUsage: body.stream_options?.include_usage === true,
      choices: input.choices ?? 1,
    });
  });
}
