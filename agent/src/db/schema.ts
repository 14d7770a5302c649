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
  settings: {
    key: string;
    /** JSON. */
    value: string;
  };
}
