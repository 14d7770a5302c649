import type { ApiKeyInfo, CreatedKey, CreateKeyInput, Scope } from '@impetus/contracts';

/**
 * Who asks. `key`: the holder of an API key; `cli`: a command on this computer that could read the
 * credential file; `local`: a browser on this computer, on a page that the agent itself served.
 */
export interface Principal {
  readonly kind: 'key' | 'cli' | 'local';
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/** The API keys of this agent. */
export interface ApiKeys {
  create(input: CreateKeyInput): Promise<CreatedKey>;
  /** Newest first, revoked ones included. */
  list(): readonly ApiKeyInfo[];
  /** Takes effect before it resolves. Throws `not_found` for an unknown id. */
  revoke(id: string): Promise<void>;
  /** The principal that a key stands for. Throws `unauthorized` with the reason. */
  verify(key: string): Principal;
}

/** What is looked at in a request; Node's IncomingMessage is one. */
export interface Caller {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** Who a request is from. Both throw `unauthorized`, and expect the Host to have been checked. */
export interface Access {
  /** For the inference dialects: an API key or the command line's credential, and nothing else. */
  withCredential(caller: Caller): Principal;
  /** For management: the same, or the agent's own page on this computer. Throws `origin_not_allowed` too. */
  forManagement(caller: Caller, options?: { readonly upgrade?: boolean }): Principal;
}
