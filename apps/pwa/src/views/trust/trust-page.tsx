import './trust-page.css';
import type { TrustOrigin, TrustStatus } from '@impetus/contracts/trust';
import Download from 'lucide-solid/icons/download';
import { createSignal, For, lazy, Show, Suspense, type JSX } from 'solid-js';
import { AsOf } from '../../components/as-of/as-of.tsx';
import { Button } from '../../components/button/button.tsx';
import { ColumnPage } from '../../components/column-page/column-page.tsx';
import { CopyButton } from '../../components/copy-button/copy-button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { Facts } from '../../components/facts/facts.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { useNow } from '../../lib/clock.ts';
import { formatAge, formatClock } from '../../lib/format.ts';
import { awayReason, reasonAgainst } from '../../state/actions.ts';
import { agentState, macName } from '../../state/agent-state.ts';
import { shownAsOf } from '../../state/connection.ts';
import { usePageTitle } from '../../state/page-title.ts';
import { fingerprintWords } from '../../state/pairing-words.ts';
import { endsSoon, mdnsKinds, modeWords, originWords } from '../../state/trust-words.ts';
import { downloadAuthority, tryAddresses } from './trust-actions.ts';

const QrSheet = lazy(() => import('./qr-sheet.tsx'));

/** How other devices reach the Mac, and why they trust it. */
export default function TrustPage(): JSX.Element {
  usePageTitle('Connections');
  return (
    <ColumnPage back={{ href: '/system', label: 'System' }}>
      <div class="page-title">
        <h1>Connections</h1>
        <AsOf at={shownAsOf()} />
      </div>
      <Show when={agentState.trust} fallback={<Skeleton rows={4} label="Loading the connections" />}>
        {(trust) => (
          <>
            <Show when={trust().problem}>
              {(problem) => (
                <ErrorPanel
                  failure={{ what: 'Something needs your attention.', why: problem(), remedy: null }}
                />
              )}
            </Show>
            <Addresses trust={trust()} />
            <Certificate trust={trust()} />
            <Authority trust={trust()} />
          </>
        )}
      </Show>
    </ColumnPage>
  );
}

function Addresses(props: { readonly trust: TrustStatus }): JSX.Element {
  const [shown, setShown] = createSignal<string | null>(null);
  return (
    <section class="trust-card" aria-labelledby="trust-addresses">
      <div class="trust-card-head">
        <h2 id="trust-addresses">Addresses</h2>
        <Button size="small" disabledReason={reasonAgainst('admin')} onPress={() => void tryAddresses()}>
          Try them again
        </Button>
      </div>
      <p class="trust-note">
        {macName()} dials each one itself before it is shown here. The one with a name stays when the network
        gives the Mac another address: use it for installed apps.
      </p>
      <Show
        when={props.trust.origins.length > 0}
        fallback={<p class="trust-note">There is none: the https listener is not open.</p>}
      >
        <ul class="trust-origins">
          <For each={props.trust.origins}>
            {(origin) => <Origin origin={origin} onShow={() => setShown(origin.url)} />}
          </For>
        </ul>
      </Show>
      <div class="trust-mdns">
        <StateLabel kind={mdnsKinds[props.trust.mdns.state]}>Name on the network</StateLabel>
        <p class="trust-note">{props.trust.mdns.words}</p>
      </div>
      <Suspense>
        <Show when={shown()}>{(url) => <QrSheet url={url()} onClose={() => setShown(null)} />}</Show>
      </Suspense>
    </section>
  );
}

function Origin(props: { readonly origin: TrustOrigin; readonly onShow: () => void }): JSX.Element {
  const now = useNow();
  const words = () => originWords(props.origin);
  return (
    <li class="trust-origin">
      <p class="trust-origin-url mono">{props.origin.url}</p>
      <p class="trust-origin-state">
        <StateLabel kind={words().kind}>{words().words}</StateLabel>
        <Show when={props.origin.checkedAt}>
          {(at) => <span class="trust-note">tried {formatAge(Date.parse(at()), now())}</span>}
        </Show>
      </p>
      <Show when={props.origin.problem}>
        {(problem) => <p class="trust-note trust-origin-problem">{problem()}</p>}
      </Show>
      <span class="trust-origin-actions">
        <CopyButton text={props.origin.url} what={`the address ${props.origin.url}`} />
        <Button size="small" label={`QR code of ${props.origin.url}`} onPress={props.onShow}>
          QR code
        </Button>
      </span>
    </li>
  );
}

function Certificate(props: { readonly trust: TrustStatus }): JSX.Element {
  const now = useNow();
  const mode = () => modeWords[props.trust.mode];
  return (
    <section class="trust-card" aria-labelledby="trust-certificate">
      <h2 id="trust-certificate">Certificate</h2>
      <p class="trust-note">
        <strong>{mode().title}.</strong> {mode().text}
      </p>
      <Show when={props.trust.certificate}>
        {(certificate) => (
          <>
            <Show when={endsSoon(certificate().notAfter, now())}>
              {(words) => <p class="trust-warning">{words()}</p>}
            </Show>
            <Facts
              facts={[
                { term: 'For', value: certificate().names.join(', '), mono: true },
                { term: 'From', value: certificate().issuer },
                { term: 'Good until', value: dateOf(certificate().notAfter, now()) },
                { term: 'Fingerprint', value: fingerprintWords(certificate().fingerprint), mono: true },
              ]}
            />
          </>
        )}
      </Show>
      <Show when={props.trust.acme}>
        {(acme) => (
          <>
            <p class="trust-note">{acme().words}</p>
            <Show when={acme().record}>
              {(record) => (
                <Facts
                  facts={[
                    { term: 'TXT record', value: record().name, mono: true },
                    { term: 'Value', value: record().value, mono: true },
                  ]}
                />
              )}
            </Show>
          </>
        )}
      </Show>
      <p class="trust-note">
        To bring a certificate of your own, or one for a domain: on the Mac, <code>impetus trust</code>.
      </p>
    </section>
  );
}

function Authority(props: { readonly trust: TrustStatus }): JSX.Element {
  const now = useNow();
  return (
    <Show when={props.trust.authority}>
      {(authority) => (
        <section class="trust-card" aria-labelledby="trust-authority">
          <div class="trust-card-head">
            <h2 id="trust-authority">Authority</h2>
            <Button
              size="small"
              icon={<Download />}
              disabledReason={awayReason()}
              onPress={() => void downloadAuthority()}
            >
              Download
            </Button>
          </div>
          <p class="trust-note">
            What devices install, and what programs take as their CA file. It is no secret: it can only vouch
            for this Mac’s name and for addresses of private networks.
          </p>
          <Facts
            facts={[
              { term: 'Name', value: authority().name },
              { term: 'Good until', value: dateOf(authority().notAfter, now()) },
              { term: 'Fingerprint', value: fingerprintWords(authority().fingerprint), mono: true },
            ]}
          />
        </section>
      )}
    </Show>
  );
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

function dateOf(moment: string, now: number): string {
  const at = Date.parse(moment);
  return at - now < 86_400_000 ? formatClock(at, now) : dayFormat.format(at);
}
