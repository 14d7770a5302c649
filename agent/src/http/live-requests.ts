import type { ServerResponse } from 'node:http';
import { ImpetusError } from '@impetus/contracts';
import type { FastifyInstance } from 'fastify';
import type { Principal } from '../auth/types.ts';
import { endsAccessOf } from '../events/access-ended.ts';
import type { EventBus } from '../events/bus.ts';
import { endAnswer } from '../wire/disconnect.ts';

/** Ends answers under way when the access of whoever asked ends. */
export function endWithAccess(app: FastifyInstance, bus: EventBus): void {
  const live = new Map<ServerResponse, Principal>();

  // The first hook after all those that say who asks.
  app.addHook('preParsing', async ({ principal }, { raw }) => {
    if (principal === null) return;
    live.set(raw, principal);
    raw.once('close', () => live.delete(raw));
  });

  const listening = bus.on('access-ended', (ended) => {
    for (const [response, principal] of live) {
      if (endsAccessOf(principal, ended))
        endAnswer(response, new ImpetusError('unauthorized', ended.message));
    }
  });
  app.addHook('onClose', async () => listening[Symbol.dispose]());
}
