import { ImpetusError } from '@impetus/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ClientOrigin } from '../../auth/oauth/types.ts';
import { plainUserAgent } from '../../auth/user-agent-text.ts';
import { originOf, viaOf } from '../../auth/via.ts';
import type { Services } from '../../services.ts';
import { hostOf } from '../admission.ts';
import { clientIdOf, readDeviceRequest, readForm, readTokenRequest, type Form } from './form.ts';
import { metadata } from './metadata.ts';

const bodyLimit = 16 * 1024;
const formType = 'application/x-www-form-urlencoded';

const issuerOf = ({ raw }: FastifyRequest) => originOf(viaOf(raw), hostOf(raw));

const clientOf = (request: FastifyRequest): ClientOrigin => ({
  address: request.ip,
  userAgent: plainUserAgent(request.headers['user-agent']),
  issuer: issuerOf(request),
});

/** Clients without a browser of their own: nobody has to be signed in, and no cookie is looked at. */
export function registerOAuth(app: FastifyInstance, { oauth, trust }: Services): void {
  app.addContentTypeParser(formType, { parseAs: 'string', bodyLimit }, (_, body, done) => {
    try {
      done(null, readForm(String(body)));
    } catch (error) {
      done(error as Error);
    }
  });

  app.addHook('onRequest', async (request) => {
    const { origin } = request.headers;
    if (origin === undefined || origin === issuerOf(request)) return;
    throw new ImpetusError('origin_not_allowed', `Pages from ${origin} may not ask for access here.`);
  });

  app.get('/.well-known/oauth-authorization-server', (request, reply) =>
    reply.send(metadata(issuerOf(request))),
  );

  app.get('/.well-known/jwks.json', async (_, reply) => {
    void reply.header('cache-control', 'public, max-age=300');
    return { keys: await oauth.publishedKeys() };
  });

  /** The authority's certificate, which is public: a command line shows its fingerprint before it trusts it. */
  app.get('/.well-known/impetus-authority.pem', async (_, reply) => {
    const authority = trust.authority();
    if (authority === null) {
      throw new ImpetusError('not_found', 'The certificate of this agent is not of its own authority.');
    }
    return reply.type('application/x-pem-file').send(authority.pem);
  });

  const post = (path: string, answer: (form: Form, request: FastifyRequest) => unknown) =>
    app.post<{ Body: unknown }>(path, async (request, reply) => {
      if (!(request.body instanceof Map)) {
        throw new ImpetusError('unsupported_media_type', `Send the body as ${formType}.`);
      }
      void reply.header('cache-control', 'no-store');
      return answer(request.body as Form, request);
    });

  post('/oauth/device_authorization', (form, request) =>
    oauth.authorize(readDeviceRequest(form), clientOf(request)),
  );
  post('/oauth/token', (form, request) => oauth.token(readTokenRequest(form), clientOf(request)));
  post('/oauth/revoke', async (form, request) => {
    const token = form.get('token') ?? '';
    await oauth.revokeToken(token, clientIdOf(form), clientOf(request));
    return {};
  });
}
