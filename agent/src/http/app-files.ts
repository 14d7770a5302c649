import { stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { endpoints, isBelow } from './endpoints.ts';
import { pathOf } from './errors.ts';

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Impetus</title>
<p>The agent runs, but its page has not been built. Run <code>npm run build</code>, then reload.</p>
</html>
`;

const isFile = (path: string) =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** The path of a file below the folder that a request may name; null for anything that could leave it. */
export function relativeFile(urlPath: string): string | null {
  const path = decodeURIComponent(urlPath);
  const plain = posix.normalize(path) === path && !path.includes('\\') && !path.includes('\0');
  return plain && !path.split('/').some((part) => part.startsWith('.')) ? path.slice(1) : null;
}

/** Whether a browser asks for a page, so that an address inside the app opens the app. */
function isNavigation(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('text/html') ?? false;
}

async function sendPage(reply: FastifyReply, folder: string): Promise<FastifyReply> {
  reply.header('cache-control', 'no-cache');
  if (await isFile(join(folder, 'index.html'))) {
    return reply.sendFile('index.html', folder, { cacheControl: false });
  }
  return reply.type('text/html; charset=utf-8').send(notBuilt);
}

function sendAppFile(reply: FastifyReply, folder: string, file: string): FastifyReply {
  // The names of built assets change with their content; everything else is asked for again.
  if (file.startsWith('assets/')) return reply.sendFile(file, folder, { maxAge: '365d', immutable: true });
  return reply.header('cache-control', 'no-cache').sendFile(file, folder, { cacheControl: false });
}

/** The built page: its files, and the page itself for every address that belongs to none of the endpoints. */
export async function serveAppFiles(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(staticFiles, { serve: false, preCompressed: true });

  app.get('/*', async (request, reply) => {
    const path = pathOf(request.url);
    if (endpoints.some((prefix) => isBelow(path, prefix))) {
      return reply.callNotFound();
    }
    const file = path === '/' ? '' : relativeFile(path);
    if (file && (await isFile(join(folder, file)))) return sendAppFile(reply, folder, file);
    if (file === '' || isNavigation(request)) return sendPage(reply, folder);
    return reply.callNotFound();
  });
}
