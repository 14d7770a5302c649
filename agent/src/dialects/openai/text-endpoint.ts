import type { Dialect, Generation } from '@impetus/contracts';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Inference } from '../../inference/types.ts';
import { clientSignal } from '../../wire/disconnect.ts';
import { promptBodyLimit, requesterOf } from '../../wire/requester.ts';
import { parseBody } from '../../wire/validation.ts';
import type { WholeAnswer } from '../../wire/whole-answer.ts';
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
  /** In whose name it is asked; OpenAI's own where nothing is said. */
  readonly dialect?: Dialect | undefined;
  readonly schema: z.ZodType<Body>;
  /** One for each prompt. */
  readonly toGenerations: (body: Body) => readonly Generation[];
  readonly format: ReplyFormat;
  /** Which of the answers to a prompt are told, where the body asks for fewer than are written. */
  readonly choose?: (body: Body) => ((answer: WholeAnswer) => WholeAnswer) | undefined;
}

export function registerTextEndpoint<Body extends TextBody>(
  app: FastifyInstance,
  inference: Inference,
  { path, dialect = 'openai', schema, toGenerations, format, choose }: TextEndpoint<Body>,
): void {
  app.post(path, { bodyLimit: promptBodyLimit }, (request, reply) => {
    const body = parseBody(schema, request.body);
    const stream = body.stream === true;
    const signal = clientSignal(reply.raw);
    const origin = { dialect, endpoint: path, streamed: stream } as const;
    const requester = requesterOf(request);
    const runs = toGenerations(body).map((input) => ({
      choices: input.choices ?? 1,
      start: () => inference.generate({ modelId: body.model, requester, origin, input, signal }),
    }));
    return replyWith(reply, runs, {
      format,
      model: body.model,
      stream,
      includeUsage: body.stream_options?.include_usage === true,
      choose: choose?.(body),
    });
  });
}
