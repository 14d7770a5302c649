import type {
  AuthorityCertificate,
  BootstrapStatus,
  RenewInput,
  TrustStatus,
  UseAcmeInput,
  UseFilesInput,
} from '@impetus/contracts';
import type { ServedCertificate } from './certificates/read.ts';

/** The https listener's name, certificate and addresses, and how devices come to trust them. */
export interface Trust {
  status(): TrustStatus;
  /** What devices install; null where the certificate is not of our own authority. */
  authority(): AuthorityCertificate | null;
  /** The same, when it is given to somebody: the name stays from then on. */
  handOut(): AuthorityCertificate | null;
  /** The https origins that answered when they were dialled, the name before addresses. */
  origins(): readonly string[];
  /** Looks at the addresses again and dials each. */
  check(): Promise<TrustStatus>;
  /**
   * Opens the http listener that carries the certificate and nothing else; ten minutes at most, counted anew at each
   * call. Throws `conflict` where there is nothing to install.
   */
  openBootstrap(): Promise<BootstrapStatus>;
  /** Closes it; nothing happens where it is not open. */
  closeBootstrap(): Promise<void>;
  /** A new certificate from the same source; or a new authority, which every device has to install again. */
  renew(input: RenewInput): Promise<TrustStatus>;
  /** A new name, and with it a new authority. */
  rename(): Promise<TrustStatus>;
  useOwn(): Promise<TrustStatus>;
  /** Throws, changing nothing, where the files are no certificate and its key. */
  useFiles(input: UseFilesInput): Promise<TrustStatus>;
  /** Begins to order; the status tells how that goes. The certificate of before serves until then. */
  useAcme(input: UseAcmeInput): Promise<TrustStatus>;
  /** The TXT record that a person was asked for is there. */
  continueAcme(): Promise<TrustStatus>;
}

/** What the https listener is built from, and what it tells. */
export interface LanCertificates {
  /** Null while there is none: nobody can connect then. */
  served(): ServedCertificate | null;
  /** Called whenever another certificate is to be shown. */
  onServed(listener: (served: ServedCertificate) => void): void;
  /** The values of a Host header under which it answers. */
  hosts(): ReadonlySet<string>;
  /** Told once it listens. */
  listensAt(port: number): void;
  /** Told where it cannot. */
  cannotListen(problem: string): void;
}
