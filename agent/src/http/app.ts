import { randomUUID } from 'node:crypto';
import { ImpetusError } from '@impetus/contracts';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Principal } from '../auth/types.ts';
import { registerAnthropic } from '../dialects/anthropic/index.ts';
import { registerLlamaCpp } from '../dialects/llamacpp/index.ts';
import { registerLmStudio } from '../dialects/lmstudio/index.ts';
import { registerOllama } from '../dialects/ollama/index.ts';
import { registerLmStudioAnswers, registerOpenAi } from '../dialects/openai/index.ts';
import { registerRerank } from '../dialects/rerank/index.ts';
import type { EventBus } from '../events/bus.ts';
import type { Log } from '../log/types.ts';
import type { Services } from '../services.ts';
import type { Arrival } from './admission.ts';
import { allowedMethods, type RouteMethods } from './allowed-methods.ts';
import { serveAppFiles } from './app-files.ts';
import { registerAuditExport } from './audit-export.ts';
import { auditRoutes } from './audited-routes.ts';
import { answerForOrigin } from './cors.ts';
import { isInference } from './endpoints.ts';
import { errorReply, fromFastify, pathOf } from './errors.ts';
import { refuseKeyInUrl } from './keys-in-urls.ts';
import { linger } from './linger.ts';
import { endWithAccess } from './live-requests.ts';
import { registerManagement } from './management.ts';
import { registerMetrics } from './metrics.ts';
import { registerOAuth } from './oauth/index.ts';
import { recordRefusal } from './refusals.ts';
import { securityHeaders } from './security-headers.ts';
import { registerTrustCheck } from './trust-check.ts';
import { registerUploads } from './uploads.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, on routes that let nobody in unknown. */
    principal: Principal | null;
  }
}

const managementBodyLimit = 1024 * 1024;

/** No route has a JSON Schema: zod checks the input. Fastify's own compilers would cost 9 MB and 30 ms at each start. */
const noSchemaCompilers = {
  compilersFactory: {
    // Their types are those of ajv, which is what is to be left out.
    buildValidator: (() => () => () => true) as never,
    buildSerializer: (() => () => JSON.stringify) as never,
  },
};

export interface AppOptions {
  readonly services: Services;
  readonly log: Log;
  readonly appFolder: string;
  readonly bus: EventBus;
  /** Throws what refuses every request, whatever it asks. */
  readonly admit: (request: Arrival) => void;
}

/** All routes, with what holds for every one of them. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { services, bus, log, appFolder, admit } = options;
  const sendError = (thrown: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const error = fromFastify(thrown);
    const path = pathOf(request.url);
    if (error.code === 'internal') log.error({ err: thrown, request: request.id, path }, 'A request failed.');
    recordRefusal(services.audit, error, request);
    const {
      status,
      body,
      headers = {},
    } = errorReply(path, error, { headers: request.headers, id: request.id });
    if (error.code === 'payload_too_large') linger(request.raw, reply);
    void reply.code(status).headers(headers).send(body);
  };

  const app = Fastify({
    bodyLimit: managementBodyLimit,
    schemaController: noSchemaCompilers,
    // A batch of management calls names all its procedures in one segment.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 5000 },
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => {
      void reply.headers(securityHeaders);
      sendError(error, request, reply);
    },
  });
  app.decorateRequest('principal', null);
  // Every endpoint reads JSON; plain text, which Fastify reads too, is refused as what it is.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(sendError);
  answerUnknownRoutes(app);

  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(securityHeaders).header('x-request-id', request.id);
    admit(request.raw);
    refuseKeyInUrl(request.url);
    if (isInference(pathOf(request.url)))
      return answerForOrigin(request, reply, services.settings.agent().corsOrigins);
    return undefined;
  });
  app.addHook('onResponse', async (request, reply) => {
    const fields = {
      request: request.id,
      method: request.method,
      path: pathOf(request.url),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      principal: request.principal?.id,
    };
    // The files of the page are many and say nothing.
    log[request.principal === null ? 'debug' : 'info'](fields, 'request');
  });

  endWithAccess(app, bus);
  auditRoutes(app, services.audit);

  await app.register(async (scope) => registerOpenAi(scope, services));
  await app.register(async (scope) => registerAnthropic(scope, services));
  await app.register(async (scope) => registerOllama(scope, services));
  await app.register(async (scope) => registerLmStudio(scope, services));
  await app.register(async (scope) => registerLmStudioAnswers(scope, services));
  await app.register(async (scope) => registerLlamaCpp(scope, services));
  await app.register(async (scope) => registerRerank(scope, services));
  await app.register(async (scope) => registerManagement(scope, services, log));
  await app.register(async (scope) => registerMetrics(scope, services));
  await app.register(async (scope) => registerUploads(scope, services));
  await app.register(async (scope) => registerAuditExport(scope, services));
  await app.register(async (scope) => registerOAuth(scope, services));
  registerTrustCheck(app);
  await serveAppFiles(app, appFolder);
  await app.ready();
  return app;
}

/** Tells a wrong method from a path that does not exist. */
function answerUnknownRoutes(app: FastifyInstance): void {
  const routes: RouteMethods[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    // The page answers to every path, which says nothing about what exists.
    if (url !== '/*') routes.push({ url, methods: [method].flat() });
  });
  app.setNotFoundHandler(async (request, reply) => {
    const path = pathOf(request.url);
    const methods = allowedMethods(path, routes);
    if (methods.length === 0) throw new ImpetusError('not_found', `There is nothing at ${path}.`);
    void reply.header('allow', methods.join(', '));
    throw new ImpetusError(
      'method_not_allowed',
      `${path} answers to ${methods.join(', ')}, not to ${request.method}.`,
    );
  });
}
