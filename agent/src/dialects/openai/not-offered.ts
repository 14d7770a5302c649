import { ImpetusError } from '@impetus/contracts';
import type { FastifyInstance } from 'fastify';

/** Parts of OpenAI's API that need something else than a model that reads and writes text. */
const notOffered: Readonly<Record<string, string>> = {
  '/v1/moderations': 'Moderation',
  '/v1/images/generations': 'Making images',
  '/v1/images/edits': 'Editing images',
  '/v1/images/variations': 'Making images',
  '/v1/audio/speech': 'Making speech',
  '/v1/audio/transcriptions': 'Writing down speech',
  '/v1/audio/translations': 'Translating speech',
};

/** Says plainly what is not here, whatever the body; a client that tries is not left guessing about its address. */
export function registerNotOffered(app: FastifyInstance): void {
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null, undefined);
  });
  for (const [path, what] of Object.entries(notOffered)) {
    app.post(path, () => {
      throw new ImpetusError(
        'not_found',
        `${what} is not offered here: this agent runs models that read and write text.`,
      );
    });
  }
}
