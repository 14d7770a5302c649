import type { Generated } from 'kysely';

/** The tables as kysely sees them. Times are ISO 8601, flags and lists are JSON. */
export interface Schema {
  api_keys: {
    id: string;
    name: string;
    /** SHA-256 of the secret. */
    secret_hash: Uint8Array;
    /** A JSON array of scopes. */
    scopes: string;
    created_at: string;
    last_used_at: string | null;
    revoked_at: string | null;
    /** JSON: the limits of its own. */
    limits: string;
    /** Who made it, in words. */
    created_by: string;
    user_id: string | null;
    /** The device that it ends with. */
    device_id: string | null;
    expires_at: string | null;
    /** The secret before the last rotation, and until when it is good. */
    old_hash: Uint8Array | null;
    old_until: string | null;
  };

  // Who is let in.
  users: {
    id: string;
    name: string;
    /** The name as it is compared: no two users differ by capitals or spaces alone. */
    name_key: string;
    /** Argon2id, in its own notation. */
    password_hash: string;
    /** Until when a password that somebody else gave is good for one sign-in. */
    one_time_until: string | null;
    /** 0 or 1. */
    owner: number;
    scopes: string;
    created_at: string;
    created_by: string;
    last_sign_in_at: string | null;
  };
  devices: {
    id: string;
    name: string;
    kind: string;
    scopes: string;
    user_id: string;
    created_at: string;
    created_by: string;
    last_seen_at: string | null;
    address: string | null;
    /** Of guests. */
    expires_at: string | null;
  };
  sessions: {
    id: string;
    user_id: string;
    device_id: string;
    created_at: string;
    /** When it ends whatever happens. */
    ends_at: string;
    last_seen_at: string;
    address: string | null;
    user_agent: string | null;
  };
  /** Every token that a session ever had, so that one that is replayed is recognised. */
  session_tokens: {
    /** SHA-256 in hexadecimal. */
    hash: string;
    session_id: string;
    user_id: string;
    created_at: string;
    /** When it ends unless it is used. */
    expires_at: string;
    /** When it was first presented. */
    used_at: string | null;
    /** Once another has taken its place: until when it is still accepted. */
    good_until: string | null;
  };
  audit: {
    id: Generated<number>;
    at: string;
    last_at: string;
    count: number;
    action: string;
    outcome: string;
    who_kind: string | null;
    who_id: string | null;
    who_name: string | null;
    subject: string | null;
    /** JSON. */
    detail: string;
    address: string | null;
  };

  // Clients on other machines, and passkeys.
  oauth_grants: {
    id: string;
    user_id: string;
    client_id: string;
    device_name: string;
    /** A JSON array of scopes. */
    scopes: string;
    created_at: string;
    created_by: string;
    last_used_at: string | null;
    /** Where it was asked for. */
    address: string;
    revoked_at: string | null;
  };
  /** Those that were used stay until they would have expired: one that comes again was stolen. */
  oauth_refresh_tokens: {
    /** SHA-256 in hex. */
    hash: string;
    grant_id: string;
    created_at: string;
    expires_at: string;
    used_at: string | null;
  };
  passkeys: {
    /** The credential's id in base64url. */
    id: string;
    user_id: string;
    /** The name that it belongs to. */
    rp_id: string;
    name: string;
    public_key: Uint8Array;
    counter: number;
    /** A JSON array. */
    transports: string;
    /** 0 or 1. */
    synced: number;
    created_at: string;
    last_used_at: string | null;
  };

  // Models and requests.
  model_settings: {
    model_id: string;
    /** JSON: what was chosen, by the names of the settings. */
    value: string;
  };
  /** Requests that have ended; ids rise with time. */
  requests: {
    id: string;
    started_at: string;
    ended_at: string;
    state: string;
    requester_id: string;
    requester_name: string;
    model_id: string;
    dialect: string;
    endpoint: string;
    kind: string;
    /** 0 or 1. */
    streamed: number;
    queue_ms: number | null;
    load_ms: number | null;
    prompt_tokens: number | null;
    cached_tokens: number | null;
    read_tokens: number | null;
    prefill_ms: number | null;
    completion_tokens: number;
    decode_ms: number | null;
    finish_reason: string | null;
    /** JSON. */
    error: string | null;
  };
  /** Where the owner has it kept. */
  request_texts: {
    id: string;
    prompt: string;
    answer: string;
    /** 0 or 1. */
    cut: number;
    /** What both texts take. */
    bytes: number;
  };
  /** What the Responses API keeps for those who asked. */
  responses: {
    id: string;
    owner_id: string;
    /** The response that it goes on from. */
    previous_id: string | null;
    /** 0 or 1: it was under way when this was written. */
    running: number;
    /** When it was last written or gone on from. */
    used_at: string;
    bytes: number;
    /** JSON: as its client sees it. */
    response: string;
    /** JSON: the items of its own request. */
    input: string;
  };
  /** Models on their way from the Hub. */
  downloads: {
    id: string;
    repo: string;
    /** The commit that its files are from. */
    revision: string;
    quant_key: string;
    quant: string | null;
    name: string;
    state: string;
    priority: string;
    position: number;
    /** JSON: path, size, digest, and how much screens have seen done. */
    files: string;
    /** JSON. */
    error: string | null;
    added_at: string;
    /** Null while it may still go on by itself. */
    finished_at: string | null;
    model_id: string | null;
    licence: string | null;
  };
  settings: {
    key: string;
    /** JSON. */
    value: string;
  };

  // The library.

  /** What was seen in files. */
  model_files: {
    path: string;
    /** Inode, size and time of the file as it was seen. */
    identity: string;
    /** The version of the code that looked. */
    reader: number;
    /** JSON. */
    look: string;
    chat_template: string | null;
  };
  file_hashes: {
    identity: string;
    sha256: string;
  };
  /** Ids that models have or had. */
  model_ids: {
    id: string;
    path: string;
    identity: string | null;
    /** Hashes of all files, once they are known. */
    content: string | null;
  };
  /** What the owner wrote. */
  model_marks: {
    model_id: string;
    /** JSON. */
    value: string;
  };
  /** Where files came from. */
  model_origins: {
    sha256: string;
    repo: string;
    revision: string | null;
    file: string;
    licence: string | null;
  };
  model_benchmarks: {
    id: string;
    model_id: string;
    started_at: string;
    /** JSON. */
    value: string;
  };
  /** What went into the bin, so that it can come back. */
  removals: {
    id: string;
    removed_at: string;
    /** JSON. */
    value: string;
  };
}
