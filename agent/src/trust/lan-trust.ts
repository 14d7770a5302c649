import os from 'node:os';
import {
  ImpetusError,
  type AuthorityCertificate,
  type BootstrapStatus,
  type RenewInput,
  type TrustOrigin,
  type TrustStatus,
  type UseAcmeInput,
  type UseFilesInput,
} from '@impetus/contracts';
import { oneAtATime } from '../db/one-at-a-time.ts';
import type { StateFeed } from '../events/types.ts';
import type { Log } from '../log/types.ts';
import { AddressWatch } from './addresses/address-watch.ts';
import { dialOrigin } from './addresses/dial-origin.ts';
import { allowedHosts, originTargets, type OriginTarget } from './addresses/origins.ts';
import { Bootstrap } from './bootstrap/bootstrap.ts';
import { authorityCertificate, type ServedCertificate } from './certificates/read.ts';
import { signInProcess, type Sign } from './certificates/signer.ts';
import { Mdns } from './mdns/mdns.ts';
import { sourceOf } from './sources/source-of.ts';
import { readCertificateFiles } from './sources/files.ts';
import type { CertificateSource } from './sources/types.ts';
import {
  newName,
  newTrustRecord,
  readTrustFile,
  writeTrustFile,
  type CertificateChoice,
  type TrustRecord,
} from './trust-file.ts';
import type { LanCertificates, Trust } from './types.ts';

export interface LanTrustOptions {
  readonly path: string;
  /** How screens name this computer. */
  readonly computer: string;
  /** Whether the name is told to the network. */
  readonly mdns: boolean;
  readonly feed: StateFeed;
  readonly log: Log;
  readonly sign?: Sign;
  readonly interfaces?: typeof os.networkInterfaces;
}

/** The trust of devices in this agent: a name, a certificate and the addresses that were tried. */
export class LanTrust implements Trust, LanCertificates, AsyncDisposable {
  readonly #options: LanTrustOptions;
  readonly #bootstrap: Bootstrap;
  readonly #mdns: Mdns;
  readonly #addresses: AddressWatch;
  readonly #inTurn = oneAtATime();
  readonly #listeners: ((served: ServedCertificate) => void)[] = [];
  #record: TrustRecord;
  #source: CertificateSource | null = null;
  #origins: readonly TrustOrigin[] = [];
  #port: number | null = null;
  #problem: string | null = null;
  #shown = '';
  #firstCheck: Promise<void> = Promise.resolve();
  #disposed = false;

  private constructor(options: LanTrustOptions, record: TrustRecord) {
    this.#options = options;
    this.#record = record;
    this.#bootstrap = new Bootstrap({
      authority: () => this.authority(),
      origins: () =>
        this.#origins.toSorted((a, b) => Number(b.reachable) - Number(a.reachable)).map(({ url }) => url),
      addresses: () => this.#addresses.current,
      name: () => this.#ownName(),
      computer: options.computer,
      log: options.log,
      changed: () => this.#publish(),
    });
    this.#addresses = new AddressWatch(
      options.interfaces ?? os.networkInterfaces,
      () => void this.#checkQuietly(),
    );
    this.#mdns = new Mdns({
      enabled: options.mdns,
      computer: options.computer,
      log: options.log,
      changed: () => this.#publish(),
      conflict: () => void this.#nameIsTaken(),
    });
  }

  /** Reads what is kept, or makes it; throws for people where what is kept is damaged. */
  static async open(options: LanTrustOptions): Promise<LanTrust> {
    const kept = readTrustFile(options.path);
    const trust = new LanTrust(options, kept ?? newTrustRecord());
    if (kept === null) trust.#save({});
    await trust.#takeSource();
    await trust.#refresh();
    return trust;
  }

  status(): TrustStatus {
    const served = this.served();
    const { authority } = this.#record;
    return {
      mode: this.#record.choice.mode,
      name: this.#ownName(),
      port: this.#port,
      problem: this.#problem ?? this.#source?.problem() ?? null,
      origins: this.#origins,
      certificate: served?.info ?? null,
      authority: this.#record.choice.mode === 'own' && authority !== null ? withoutPem(authority.root) : null,
      mdns: this.#mdns.status(),
      bootstrap: this.#bootstrap.status(),
      acme: this.#source?.acme() ?? null,
    };
  }

  authority(): AuthorityCertificate | null {
    const { authority, choice } = this.#record;
    return choice.mode === 'own' && authority !== null ? authorityCertificate(authority.root) : null;
  }

  handOut(): AuthorityCertificate | null {
    const authority = this.authority();
    if (authority !== null && !this.#record.handedOut) this.#save({ handedOut: true });
    return authority;
  }

  origins(): readonly string[] {
    return this.#origins.filter(({ reachable }) => reachable).map(({ url }) => url);
  }

  served(): ServedCertificate | null {
    return this.#source?.current() ?? null;
  }

  onServed(listener: (served: ServedCertificate) => void): void {
    this.#listeners.push(listener);
  }

  hosts(): ReadonlySet<string> {
    return this.#port === null ? new Set() : allowedHosts(this.#targets(), this.#port);
  }

  listensAt(port: number): void {
    this.#port = port;
    this.#addresses.start();
    this.#firstCheck = this.#checkQuietly();
  }

  /** Settles when every address was dialled once. */
  whenChecked(): Promise<void> {
    return this.#firstCheck;
  }

  cannotListen(problem: string): void {
    this.#problem = problem;
    this.#publish();
  }

  check(): Promise<TrustStatus> {
    return this.#inTurn(() => this.#checkNow());
  }

  async openBootstrap(): Promise<BootstrapStatus> {
    if (this.#port === null)
      throw new ImpetusError('conflict', this.#problem ?? 'The https listener is not open.');
    if (this.authority() === null) {
      throw new ImpetusError(
        'conflict',
        'The certificate is not of this agent’s own authority, so devices have nothing to install.',
      );
    }
    const status = await this.#bootstrap.open(this.#port);
    this.handOut();
    return status;
  }

  closeBootstrap(): Promise<void> {
    return this.#bootstrap.close();
  }

  renew({ what }: RenewInput): Promise<TrustStatus> {
    return this.#inTurn(async () => {
      if (what === 'authority') await this.#newAuthority(this.#record.name);
      else await this.#source?.renew();
      return this.#checkNow();
    });
  }

  rename(): Promise<TrustStatus> {
    return this.#inTurn(async () => {
      await this.#newAuthority(newName());
      return this.#checkNow();
    });
  }

  useOwn(): Promise<TrustStatus> {
    return this.#choose({ mode: 'own' });
  }

  async useFiles(input: UseFilesInput): Promise<TrustStatus> {
    await readCertificateFiles(input);
    return this.#choose({ mode: 'files', ...input });
  }

  useAcme(input: UseAcmeInput): Promise<TrustStatus> {
    return this.#choose({ mode: 'acme', ...input });
  }

  async continueAcme(): Promise<TrustStatus> {
    this.#source?.continueAcme();
    return this.status();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#addresses[Symbol.dispose]();
    this.#source?.[Symbol.dispose]();
    await Promise.all([this.#bootstrap.close(), this.#mdns[Symbol.asyncDispose]()]);
  }

  #ownName(): string {
    return `${this.#record.name}.local`;
  }

  #targets(): OriginTarget[] {
    const port = this.#port ?? 0;
    const names = this.served()?.info.names ?? [];
    if (this.#record.choice.mode !== 'own') return originTargets(names, port);
    return originTargets([this.#ownName(), ...this.#addresses.current], port);
  }

  async #checkNow(): Promise<TrustStatus> {
    await this.#refresh();
    await this.#tellName();
    await this.#dialAll();
    this.#addresses.checked();
    this.#publish();
    return this.status();
  }

  async #refresh(): Promise<void> {
    await this.#source?.refresh(this.#addresses.refresh());
  }

  async #tellName(): Promise<void> {
    const own = this.#record.choice.mode === 'own';
    await this.#mdns.tell(own && this.#port !== null ? { name: this.#record.name, port: this.#port } : null);
  }

  async #dialAll(): Promise<void> {
    const served = this.served();
    const port = this.#port;
    if (served === null || port === null) {
      this.#origins = [];
      return;
    }
    const root = this.#source?.root() ?? null;
    const fingerprints = [served.info.fingerprint, served.byName?.fingerprint ?? []].flat();
    this.#origins = await Promise.all(
      this.#targets().map((target) =>
        dialOrigin(target, { port, root, fingerprints, ask: (host) => this.#mdns.ask(host) }),
      ),
    );
  }

  async #checkQuietly(): Promise<void> {
    await this.check().catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'The addresses of this computer could not be checked.');
    });
  }

  async #takeSource(): Promise<void> {
    const before = this.#source;
    this.#source = await sourceOf(this.#record.choice, {
      record: () => this.#record,
      save: (changes) => this.#save(changes),
      label: `Impetus on ${this.#options.computer} (${this.#record.name})`,
      sign: this.#options.sign ?? signInProcess,
      log: this.#options.log,
      changed: () => this.#certificateChanged(),
      fallback: before?.current() ?? null,
    });
    before?.[Symbol.dispose]();
  }

  /** The listener shows it at once; who listens for names hears of it with the next check. */
  #certificateChanged(): void {
    const served = this.served();
    if (served !== null) for (const listener of this.#listeners) listener(served);
    this.#publish();
    if (this.#port !== null && !this.#disposed) void this.#checkQuietly();
  }

  #choose(choice: CertificateChoice): Promise<TrustStatus> {
    return this.#inTurn(async () => {
      await this.#bootstrap.close();
      this.#save({ choice });
      await this.#takeSource();
      await this.#refresh();
      this.#certificateChanged();
      return this.#checkNow();
    });
  }

  async #newAuthority(name: string): Promise<void> {
    this.#save({ name, authority: null, leaf: null, handedOut: false });
    await this.#bootstrap.close();
    await this.#takeSource();
    await this.#refresh();
  }

  /**
   * Somebody else on the network has the name. While no device knows it, another one costs nothing; later an app is
   * installed under it, and a new name would leave that app with nothing to talk to.
   */
  async #nameIsTaken(): Promise<void> {
    if (this.#record.handedOut || this.#record.choice.mode !== 'own') return;
    this.#options.log.warn(
      { name: this.#record.name },
      'The name is taken on this network; another one is chosen.',
    );
    await this.rename();
  }

  #save(changes: Partial<TrustRecord>): void {
    const record = { ...this.#record, ...changes };
    writeTrustFile(this.#options.path, record);
    this.#record = record;
  }

  #publish(): void {
    const trust = this.status();
    const shown = JSON.stringify(trust);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#options.feed.publish({ type: 'trust', trust });
  }
}

function withoutPem(root: string): TrustStatus['authority'] {
  const { name, fingerprint, notBefore, notAfter } = authorityCertificate(root);
  return { name, fingerprint, notBefore, notAfter };
}
