/** What a try to register the service worker said about whether this device trusts the page. */
export type WorkerCheck =
  /** It was registered: the certificate is trusted, and the page can be installed. */
  | { readonly kind: 'trusted' }
  /** The page came over http, where browsers offer none of it. */
  | { readonly kind: 'insecure' }
  /** The browser shows the page and does not trust its certificate. */
  | { readonly kind: 'untrusted' }
  /** A private window, or a browser whose owner has switched service workers off. */
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'failed'; readonly reason: string };

/** What is asked of the browser; `navigator.serviceWorker` and a page in one. */
export interface WorkerSurroundings {
  readonly isSecureContext: boolean;
  readonly serviceWorker: Pick<ServiceWorkerContainer, 'register'> | undefined;
}

/**
 * Registers the worker for real. A page counts as secure as soon as somebody clicked a warning away; only the
 * registration checks the certificate anew.
 */
export async function checkWorker(
  { isSecureContext, serviceWorker }: WorkerSurroundings,
  script: string,
): Promise<WorkerCheck> {
  if (!isSecureContext) return { kind: 'insecure' };
  if (serviceWorker === undefined) return { kind: 'unavailable' };
  try {
    await serviceWorker.register(script);
    return { kind: 'trusted' };
  } catch (error) {
    return failureOf(error);
  }
}

/** What a refused registration says about trust. */
export function failureOf(error: unknown): WorkerCheck {
  const reason = error instanceof Error ? error.message : String(error);
  const name = error instanceof Error ? error.name : '';
  if (/certificate|SSL|TLS/i.test(reason)) return { kind: 'untrusted' };
  if (name === 'NotSupportedError' || /not supported|user denied|disabled/i.test(reason))
    return { kind: 'unavailable' };
  // Firefox and Safari do not say why; where the page itself arrived, its certificate is what is left.
  return name === 'SecurityError' ? { kind: 'untrusted' } : { kind: 'failed', reason };
}
