import type { Presence } from './auth/devices/presence.ts';
import type { OAuth } from './auth/oauth/types.ts';
import type { Pairing } from './auth/pairing/types.ts';
import type { Passkeys } from './auth/passkeys/types.ts';
import type { Access, ApiKeys, Audit, Devices, Sessions, Setup, Users } from './auth/types.ts';
import type { Chats } from './chat/types.ts';
import type { Downloads } from './downloads/types.ts';
import type { StateFeed } from './events/types.ts';
import type { Hub } from './hub/types.ts';
import type { Inference } from './inference/types.ts';
import type { Metrics, RequestLog } from './inference/requests/types.ts';
import type {
  DiskReserve,
  Library,
  ModelCatalogue,
  ModelOrigins,
  ModelSettingsStore,
} from './models/types.ts';
import type { Benchmarks } from './benchmarks/types.ts';
import type { Responses } from './responses/types.ts';
import type { Uploads } from './uploads/types.ts';
import type { Settings } from './settings/types.ts';
import type { System } from './system/types.ts';
import type { Trust } from './trust/types.ts';

/** What handlers of every wire may use. Interfaces alone, so that a client can import the router's type. */
export interface Services {
  readonly access: Access;
  readonly audit: Audit;
  readonly benchmarks: Benchmarks;
  readonly catalogue: ModelCatalogue;
  readonly disk: DiskReserve;
  readonly library: Library;
  readonly origins: ModelOrigins;
  readonly uploads: Uploads;
  readonly inference: Inference;
  readonly chats: Chats;
  readonly devices: Devices;
  readonly downloads: Downloads;
  readonly feed: StateFeed;
  readonly hub: Hub;
  readonly keys: ApiKeys;
  readonly metrics: Metrics;
  readonly modelSettings: ModelSettingsStore;
  readonly oauth: OAuth;
  readonly pairing: Pairing;
  readonly passkeys: Passkeys;
  readonly presence: Presence;
  readonly requests: RequestLog;
  readonly responses: Responses;
  readonly sessions: Sessions;
  readonly settings: Settings;
  readonly setup: Setup;
  readonly system: System;
  readonly trust: Trust;
  readonly users: Users;
}
