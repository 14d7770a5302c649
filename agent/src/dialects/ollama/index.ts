import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.ts';
import { acceptJsonOfAnyType } from '../../wire/json-of-any-type.ts';
import { requireKeysOfOllama } from '../authenticate.ts';
import { registerAnswers } from './answers/index.ts';
import { registerEmbeddings } from './embed.ts';
import { registerLibrary } from './library/index.ts';
import { registerModels } from './models/index.ts';

/** Ollama's API under /api. */
export function registerOllama(app: FastifyInstance, services: Services): void {
  requireKeysOfOllama(app, services.access);
  acceptJsonOfAnyType(app);
  registerModels(app, services);
  registerAnswers(app, services);
  registerEmbeddings(app, services);
  registerLibrary(app, services);
}
