import type {
  HubAccess,
  HubAccount,
  HubCard,
  HubFit,
  HubFitInput,
  HubIdentity,
  HubPage,
  HubQuant,
  HubRecommendation,
  HubRepo,
  HubRepoDetail,
  HubSearch,
  LoadPlan,
  RepoInput,
} from '@impetus/contracts';
import { ImpetusError } from '@impetus/contracts';
import {
  HubError,
  listTree,
  modelInfo,
  nextModels,
  readCard,
  resolveFile,
  searchModels,
  whoami,
  type HubClient,
  type ModelSearch,
  type RepoInfo,
  type TreeFile,
} from '@impetus/hub';
import type { Inference } from '../inference/types.ts';
import type { Log } from '../log/types.ts';
import type { ModelCatalogue } from '../models/types.ts';
import { asking } from './errors.ts';
import { noticeFor } from './formats.ts';
import { RemoteHeaders } from './headers.ts';
import { inLibrary } from './in-library.ts';
import { groupFiles, type RepoQuant } from './quants.ts';
import { likelyFits, recommendQuant } from './recommend-quant.ts';
import { startersFor, type Starter } from './starters.ts';
import type { TokenStore } from './token-store.ts';
import type { Hub } from './types.ts';

export interface RemoteHubOptions {
  readonly client: HubClient;
  readonly tokens: TokenStore;
  /** Where headers of models on the Hub are kept. */
  readonly headersFolder: string;
  readonly inference: Pick<Inference, 'budget' | 'planFile'>;
  readonly catalogue: Pick<ModelCatalogue, 'list'>;
  /** The download that has a quant under way. */
  readonly underWay: (repo: string, key: string) => string | null;
  readonly log: Log;
}

const sorts: Readonly<Record<HubSearch['sort'], ModelSearch['sort']>> = {
  trending: 'trendingScore',
  downloads: 'downloads',
  likes: 'likes',
  updated: 'lastModified',
  created: 'createdAt',
};

/** The same repo is asked for by its page, its fits and its download; within this time once is enough. */
const repoMs = 60_000;
/** Recommendations are made at the first screen of each device. */
const recommendMs = 600_000;
const mostRecommended = 3;
/** Pages that are looked through for a repo that fits, before the next one is left to the reader. */
const mostPages = 4;

interface KnownRepo {
  readonly info: RepoInfo;
  readonly files: readonly TreeFile[];
  readonly access: HubAccess;
}

/** The Hub over the network, with what this machine makes of it. */
export class RemoteHub implements Hub {
  readonly #options: RemoteHubOptions;
  readonly #headers: RemoteHeaders;
  readonly #repos = new Map<string, { readonly at: number; readonly repo: Promise<KnownRepo> }>();
  #recommended: { readonly at: number; readonly list: Promise<readonly HubRecommendation[]> } | null = null;

  constructor(options: RemoteHubOptions) {
    this.#options = options;
    this.#headers = new RemoteHeaders(options.client, options.headersFolder);
  }

  /** Forgets what an earlier run kept. */
  clear(): Promise<void> {
    return this.#headers.clear();
  }

  async search(search: HubSearch): Promise<HubPage> {
    const { client } = this.#options;
    return asking(async () => {
      let page =
        search.cursor === undefined
          ? await searchModels(client, toSearch(search))
          : await nextModels(client, search.cursor);
      let repos = this.#shown(page.repos, search);
      for (let pages = 1; repos.length === 0 && page.next !== null && pages < mostPages; pages += 1) {
        page = await nextModels(client, page.next);
        repos = this.#shown(page.repos, search);
      }
      return { repos, next: page.next };
    });
  }

  #shown(repos: readonly RepoInfo[], search: HubSearch): readonly HubRepo[] {
    const shown = repos.map((info) => this.#toRepo(info));
    return search.fits ? shown.filter(({ fits }) => fits !== false) : shown;
  }

  async repo(input: RepoInput): Promise<HubRepoDetail> {
    const { client } = this.#options;
    const { info, files, access } = await this.#known(input);
    const { quants, otherFiles } = groupFiles(files);
    const choice = recommendQuant(quants, this.#options.inference.budget().limitBytes);
    return {
      ...this.#toRepo(info),
      gguf: quants.length > 0,
      revision: info.sha ?? 'main',
      access,
      url: `${client.endpoint.replace(/\/+$/u, '')}/${info.id}`,
      quants: quants.map((quant) => this.#toQuant(info.id, quant, choice)),
      otherFiles,
      notice: quants.length > 0 ? null : noticeFor(files),
    };
  }

  async card(input: RepoInput): Promise<HubCard> {
    const { client } = this.#options;
    const { info } = await this.#known(input);
    const revision = info.sha ?? 'main';
    const data = info.cardData;
    // A gated repo shows its card to everybody on its page, but not over the wire.
    const text = await asking(() => readCard(client, info.id, revision)).catch((error: unknown) => {
      if (error instanceof ImpetusError && error.code === 'hub_access') return '';
      throw error;
    });
    return {
      text,
      baseUrl: `${client.endpoint.replace(/\/+$/u, '')}/${info.id}/resolve/${revision}/`,
      licence: data?.license ?? licenceIn(info.tags),
      licenceUrl: data?.license_link ?? null,
      languages: data?.language ?? [],
      baseModels: data?.base_model ?? [],
      tags: info.tags,
    };
  }

  async fit({ key, contextSize, ...input }: HubFitInput): Promise<HubFit> {
    const { info, files } = await this.#known(input);
    const quant = groupFiles(files).quants.find((one) => one.key === key);
    if (quant === undefined)
      throw new ImpetusError('not_found', `${info.id} has no ${key} at this revision.`, { param: 'key' });
    const remote = await this.#headers.of({ repo: info.id, revision: info.sha ?? 'main', quant });
    const plan = await this.#options.inference.planFile(
      remote,
      contextSize === undefined ? {} : { contextSize },
    );
    const { entry } = remote;
    return {
      key,
      verdict: verdicts[plan.verdict],
      contextSize: plan.contextSize,
      sequences: plan.sequences,
      estimate: plan.estimate,
      budget: plan.budget,
      fittingContextSize: plan.fittingContextSize,
      contextLength: entry.contextLength,
      architecture: entry.architecture,
      parameters: entry.parameters,
      quant: entry.quant,
      message: plan.message,
    };
  }

  recommend(): Promise<readonly HubRecommendation[]> {
    const now = Date.now();
    if (this.#recommended !== null && now - this.#recommended.at < recommendMs) return this.#recommended.list;
    const list = this.#recommend();
    this.#recommended = { at: now, list };
    // Nothing is remembered of a Hub that did not answer.
    void list.then((found) => {
      if (found.length === 0) this.#recommended = null;
    });
    return list;
  }

  account(): HubAccount {
    const { tokens, client } = this.#options;
    return { source: tokens.source, endpoint: client.endpoint };
  }

  async setToken(token: string): Promise<HubIdentity> {
    const identity = await asking(() => whoami(this.#options.client, token));
    this.#options.tokens.set(token);
    this.#repos.clear();
    return identity;
  }

  async clearToken(): Promise<void> {
    this.#options.tokens.clear();
    this.#repos.clear();
  }

  async whoami(): Promise<HubIdentity | null> {
    const token = this.#options.tokens.token();
    return token === null ? null : asking(() => whoami(this.#options.client, token.reveal()));
  }

  #known({ repo, revision }: RepoInput): Promise<KnownRepo> {
    const key = `${repo}@${revision ?? ''}`;
    const now = Date.now();
    const known = this.#repos.get(key);
    if (known !== undefined && now - known.at < repoMs) return known.repo;
    for (const [other, { at }] of this.#repos) if (now - at >= repoMs) this.#repos.delete(other);
    const asked = asking(() => this.#ask(repo, revision));
    this.#repos.set(key, { at: now, repo: asked });
    asked.catch(() => this.#repos.delete(key));
    return asked;
  }

  async #ask(repo: string, revision: string | undefined): Promise<KnownRepo> {
    const { client } = this.#options;
    const info = await modelInfo(client, repo, revision);
    const files = await listTree(client, info.id, info.sha ?? revision ?? 'main');
    return { info, files, access: info.gated === 'none' ? 'open' : await this.#accessTo(info, files) };
  }

  /** Whether this account is let at a gated repo, which only asking for a file tells. */
  async #accessTo(info: RepoInfo, files: readonly TreeFile[]): Promise<HubAccess> {
    const path = files.find((file) => file.path.endsWith('.gguf'))?.path ?? files[0]?.path;
    if (path === undefined) return 'open';
    try {
      await resolveFile(this.#options.client, { repo: info.id, revision: info.sha ?? 'main', path });
      return 'open';
    } catch (error) {
      if (!(error instanceof HubError) || error.kind !== 'access') throw error;
      return this.#options.tokens.token() === null ? 'needs-token' : 'needs-access';
    }
  }

  #toRepo(info: RepoInfo): HubRepo {
    const [first = '', second] = info.id.split('/');
    const parameters = info.gguf?.total ?? null;
    return {
      repo: info.id,
      author: second === undefined ? null : first,
      name: second ?? first,
      downloads: info.downloads,
      likes: info.likes,
      createdAt: info.createdAt,
      updatedAt: info.lastModified,
      task: info.pipeline_tag,
      licence: info.cardData?.license ?? licenceIn(info.tags),
      gate: info.gated,
      private: info.private,
      gguf: info.gguf !== null || info.tags.includes('gguf'),
      architecture: info.gguf?.architecture ?? null,
      parameters,
      contextLength: info.gguf?.context_length ?? null,
      fits: parameters === null ? null : likelyFits(parameters, this.#options.inference.budget().limitBytes),
    };
  }

  #toQuant(repo: string, quant: RepoQuant, choice: ReturnType<typeof recommendQuant>): HubQuant {
    const recommended = quant.key === choice?.key;
    return {
      ...quant,
      modelId: inLibrary(this.#options.catalogue.list(), repo, quant),
      downloadId: this.#options.underWay(repo, quant.key),
      recommended,
      reason: recommended ? choice.reason : null,
    };
  }

  async #recommend(): Promise<readonly HubRecommendation[]> {
    const found: HubRecommendation[] = [];
    for (const starter of startersFor(this.#options.inference.budget().limitBytes)) {
      const one = await this.#recommendation(starter).catch((error: unknown) => {
        const code = error instanceof ImpetusError ? error.code : 'internal';
        this.#options.log.debug({ repo: starter.repo, code }, 'A model to begin with is not to be had.');
        return code === 'hub_unavailable' ? 'offline' : null;
      });
      if (one === 'offline') break;
      if (one !== null) found.push(one);
      if (found.length === mostRecommended) break;
    }
    return found;
  }

  async #recommendation({ repo, message }: Starter): Promise<HubRecommendation | null> {
    const detail = await this.repo({ repo });
    const quant = detail.quants.find(({ recommended }) => recommended);
    if (quant === undefined || detail.access !== 'open') return null;
    return {
      repo,
      revision: detail.revision,
      key: quant.key,
      name: quant.name,
      quant: quant.quant,
      sizeBytes: quant.sizeBytes,
      licence: detail.licence,
      message,
    };
  }
}

/** A model on the Hub is in no runner yet; one that has to wait for others to finish still takes their place. */
const verdicts: Readonly<Record<LoadPlan['verdict'], HubFit['verdict']>> = {
  loaded: 'fits',
  fits: 'fits',
  evicts: 'evicts',
  waits: 'evicts',
  'does-not-fit': 'does-not-fit',
};

function toSearch({ query, author, task, licence, gguf, sort, limit }: HubSearch): ModelSearch {
  const tags = [...(gguf ? ['gguf'] : []), ...(licence === undefined ? [] : [`license:${licence}`])];
  return { query, author, task, tags, sort: sorts[sort], limit };
}

function licenceIn(tags: readonly string[]): string | null {
  return tags.find((tag) => tag.startsWith('license:'))?.slice('license:'.length) ?? null;
}
