import type {
  ApiKeyInfo,
  AuditFacets,
  AuditFilter,
  AuditEntry,
  AuditOutcome,
  AuditPage,
  CreatedKey,
  CreateKeyInput,
  CreateUserInput,
  DeviceInfo,
  DeviceKind,
  KeyLimits,
  ListAuditInput,
  OneTimePassword,
  PrincipalKind,
  RotateKeyInput,
  Scope,
  SessionInfo,
  UpdateDeviceInput,
  UpdateKeyInput,
  UpdateUserInput,
  UserInfo,
  ImpetusError,
} from '@impetus/contracts';
import type { Via } from './via.ts';

/**
 * Who asks. `session`: a browser that is signed in, on a device; `key`: the holder of an API key; `token`: a
 * program that was given an access token; `cli`: a command on this computer that could read the credential file;
 * `local`: a program on this computer that needs no key.
 */
export interface Principal {
  readonly kind: PrincipalKind;
  /** Outlives sessions and rotations: a session's is its device's, a token's its grant's, a key's its own. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly userId: string | null;
  readonly deviceId: string | null;
  readonly sessionId: string | null;
  readonly grantId: string | null;
}

/** Who makes something, for lists and the audit. */
export interface Maker {
  readonly name: string;
  readonly userId: string | null;
}

/** The API keys of this agent. */
export interface ApiKeys {
  create(input: CreateKeyInput, maker?: Maker): Promise<CreatedKey>;
  /** Newest first, revoked ones included. */
  list(): readonly ApiKeyInfo[];
  update(input: UpdateKeyInput): Promise<ApiKeyInfo>;
  /** A new secret under the same id; the old one is good for as long as was chosen. */
  rotate(input: RotateKeyInput): Promise<CreatedKey>;
  /** Takes effect before it resolves. Throws `not_found` for an unknown id. */
  revoke(id: string): Promise<void>;
  /** The principal that a key stands for. Throws `unauthorized` with the reason. */
  verify(key: string): Principal;
  /** What the key of this id may do at most; null where the id is no key's. */
  limitsOf(id: string): KeyLimits | null;
}

export interface NewDevice {
  readonly name: string;
  readonly kind: DeviceKind;
  /** Cut down to what its user has. */
  readonly scopes: readonly Scope[];
  readonly userId: string;
  /** Who let it in, in words. */
  readonly createdBy: string;
  readonly address: string | null;
  /** For guests: when their access ends by itself, ISO 8601. */
  readonly expiresAt?: string | null;
}

/** The devices that were let in. A device outlives its sessions; revoking it ends them. */
export interface Devices {
  create(device: NewDevice): Promise<DeviceInfo>;
  /** Newest first; those of one user where `userId` is given. */
  list(options?: { readonly userId?: string; readonly currentId?: string | null }): readonly DeviceInfo[];
  find(id: string): DeviceInfo | undefined;
  update(input: UpdateDeviceInput): Promise<DeviceInfo>;
  /** Takes effect before it resolves: its sessions, keys, sockets and streams end. */
  revoke(id: string): Promise<void>;
}

export interface NewSession {
  readonly userId: string;
  readonly deviceId: string;
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** A session that begins: the only time that its token is seen. */
export interface BegunSession {
  readonly sessionId: string;
  readonly token: string;
  /** When the browser may forget its cookie. */
  readonly endsAt: Date;
}

/** What a cookie turned out to be. */
export interface CheckedSession {
  readonly principal: Principal;
  /** The token that takes the place of the one presented, where it is time for that. */
  readonly renewed: BegunSession | null;
}

/** The sessions of browsers that are signed in. */
export interface Sessions {
  begin(session: NewSession): Promise<BegunSession>;
  /** Null where the token stands for no session, or for one that has ended. */
  check(token: string, address: string | null): Promise<CheckedSession | null>;
  list(options: { readonly userId?: string; readonly currentId: string | null }): readonly SessionInfo[];
  /** Takes effect before it resolves. Throws `not_found`. */
  revoke(id: string): Promise<void>;
  revokeOfUser(userId: string, options?: { readonly exceptId?: string | null }): Promise<void>;
  revokeOfDevice(deviceId: string): Promise<void>;
}

/** The accounts. */
export interface Users {
  list(): readonly UserInfo[];
  find(id: string): UserInfo | undefined;
  owner(): UserInfo | undefined;
  /** Throws `conflict` where there is an owner. */
  createOwner(input: { readonly name: string; readonly password: string }): Promise<UserInfo>;
  create(input: CreateUserInput, maker: Maker): Promise<OneTimePassword>;
  update(input: UpdateUserInput): Promise<UserInfo>;
  /** Their sessions, devices and keys end. */
  remove(id: string): Promise<void>;
  /** A password of somebody else's choosing, for one sign-in. Every session of the user ends. */
  giveOneTimePassword(id: string): Promise<OneTimePassword>;
  /** Sets a password without asking for the old one. Every session of the user but `exceptSessionId` ends. */
  setPassword(id: string, password: string, exceptSessionId?: string | null): Promise<void>;
  /**
   * The user of a name and password. Takes as long for names that nobody has. Throws `unauthorized`, and
   * `rate_limited` with the time to wait after too many tries from the address or at the account.
   */
  signIn(input: {
    readonly name: string;
    readonly password: string;
    readonly newPassword?: string | undefined;
    readonly address: string | null;
  }): Promise<UserInfo>;
  /** Throws `forbidden` where the old password is wrong, `rate_limited` after too many tries. */
  changePassword(input: {
    readonly id: string;
    readonly current: string;
    readonly next: string;
    readonly address: string | null;
    readonly exceptSessionId: string | null;
  }): Promise<void>;
}

/** The set-up of an agent that has no owner yet. */
export interface Setup {
  needed(): boolean;
  /** The code that the terminal shows; null once there is an owner. */
  code(): string | null;
  /** Makes the owner's account for whoever has the code, once. Throws `forbidden`, `rate_limited`, `conflict`. */
  finish(input: {
    readonly code: string;
    readonly name: string;
    readonly password: string;
    readonly address: string | null;
  }): Promise<UserInfo>;
}

/** Something that somebody did or tried. */
export interface AuditRecord {
  /** `noun.verb`. */
  readonly action: string;
  readonly subject?: string | null | undefined;
  /** Plain facts, none of them a secret. */
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
  readonly principal?: Principal | null | undefined;
  readonly address?: string | null | undefined;
  /** `done` where nothing is said. */
  readonly outcome?: AuditOutcome | undefined;
}

/** Who did what, when, from where. */
export interface Audit {
  /** Refused tries that repeat are counted in one entry, so that a flood fills no disk. */
  record(record: AuditRecord): void;
  list(input: ListAuditInput): Promise<AuditPage>;
  facets(): Promise<AuditFacets>;
  /** Oldest first, page by page. */
  entries(filter: AuditFilter): AsyncIterable<AuditEntry>;
}

/** What is looked at in a request; Node's IncomingMessage is one. The listener has bound its Via. */
export interface Caller {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** Credentials of one form, such as access tokens. */
export interface CredentialVerifier {
  /** Whether a credential has this form. */
  recognises(credential: string): boolean;
  /** Throws `unauthorized` with the reason. */
  verify(credential: string, via: Via): Principal | Promise<Principal>;
}

/** Who asks something of management. */
export interface ManagementAccess {
  /** Null: nobody who was let in; the few procedures that are open to anyone may be called. */
  readonly principal: Principal | null;
  /** Why nobody was recognised; to be thrown by whatever needs somebody. */
  readonly refusal: ImpetusError | null;
  /** A cookie for the answer: a renewed session, or the end of one that is no more. */
  readonly setCookie: string | null;
}

/** Who a request is from. Expects the Host to have been checked. */
export interface Access {
  /** For the inference dialects: an API key, an access token or the command line's credential. Throws `unauthorized`. */
  withCredential(caller: Caller): Promise<Principal>;
  /** The same for Ollama's API, where the owner may let programs on this computer in without one. */
  forOllama(caller: Caller): Promise<Principal>;
  /** For management: the same, or a session's cookie. Throws `origin_not_allowed`, and `unauthorized` for a bad credential. */
  forManagement(caller: Caller, options?: { readonly upgrade?: boolean }): Promise<ManagementAccess>;
}
