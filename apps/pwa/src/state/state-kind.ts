/** The kinds of states that have a shape of their own. */
export type StateKind = 'running' | 'working' | 'failed' | 'away' | 'waiting' | 'done' | 'cancelled';
