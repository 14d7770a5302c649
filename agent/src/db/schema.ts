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
  };
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
  settings: {
    key: string;
    /** JSON. */
    value: string;
  };
}
