import type {
  HubAccount,
  HubCard,
  HubFit,
  HubFitInput,
  HubIdentity,
  HubPage,
  HubRecommendation,
  HubRepoDetail,
  HubSearch,
  RepoInput,
} from '@impetus/contracts';

/** The Hugging Face Hub, as this machine sees it: what there is, and what of it would fit. */
export interface Hub {
  search(search: HubSearch): Promise<HubPage>;
  repo(input: RepoInput): Promise<HubRepoDetail>;
  card(input: RepoInput): Promise<HubCard>;
  /** Reads the model's header, and nothing more of it. */
  fit(input: HubFitInput): Promise<HubFit>;
  /** Models to begin with, the best first; empty where the Hub has none of them that fits. */
  recommend(): Promise<readonly HubRecommendation[]>;
  account(): HubAccount;
  /** Asks the Hub first; a token that it does not know is refused and not kept. */
  setToken(token: string): Promise<HubIdentity>;
  clearToken(): Promise<void>;
  /** Null where there is no token. */
  whoami(): Promise<HubIdentity | null>;
}
