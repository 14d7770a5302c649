import './trust-check.css';
import { createSignal, For, onMount, Show, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Segmented } from '../../components/segmented/segmented.tsx';
import { StateLabel } from '../../components/state-mark/state-mark.tsx';
import { devicePlatforms, type DevicePlatform } from '../../lib/device-platform.ts';
import { checkWorker, type WorkerCheck } from '../../lib/worker-check.ts';
import { noteWorkerTrust } from '../../state/worker-trust.ts';
import { thisPlatform } from '../../state/this-device.ts';
import { installGuide, platformNames, trustGuide, type GuideStep } from '../../state/trust-guide.ts';

const script = '/sw.js';

/** Whether this device trusts the Mac, found out for real, and what to do where it does not. */
export default function TrustCheck(props: { readonly mac: string }): JSX.Element {
  const [result, setResult] = createSignal<WorkerCheck | null>(null);
  const check = async (): Promise<void> => {
    setResult(null);
    const found = await checkWorker(
      { isSecureContext, serviceWorker: 'serviceWorker' in navigator ? navigator.serviceWorker : undefined },
      script,
    );
    setResult(found);
    noteWorkerTrust(found);
  };
  onMount(() => void check());
  const isTrusted = (): boolean => result()?.kind === 'trusted';
  return (
    <section class="join-check" aria-label="Is this device ready?">
      <div class="join-check-state" role="status">
        <Show
          when={result()}
          fallback={<StateLabel kind="working">Checking whether this device is ready</StateLabel>}
        >
          {(found) => (
            <StateLabel kind={found().kind === 'trusted' ? 'done' : 'failed'}>
              {headline(found(), props.mac)}
            </StateLabel>
          )}
        </Show>
      </div>
      <Show when={result()}>{(found) => <p class="gate-note">{explanation(found())}</p>}</Show>
      <Show when={result() !== null && !isTrusted()}>
        <div>
          <Button size="small" onPress={() => void check()}>
            Check again
          </Button>
        </div>
      </Show>
      <Guide isOpen={result() !== null && !isTrusted()} />
    </section>
  );
}

function headline({ kind }: WorkerCheck, mac: string): string {
  switch (kind) {
    case 'trusted':
      return `This device trusts ${mac}`;
    case 'untrusted':
      return `This device does not trust ${mac} yet`;
    case 'insecure':
      return 'This page did not come over https';
    case 'unavailable':
      return 'This window cannot keep an app';
    case 'failed':
      return 'The check did not come to an end';
  }
}

function explanation(check: WorkerCheck): string {
  switch (check.kind) {
    case 'trusted':
      return 'It can install the page as an app, open it while the Mac is away, copy, and notify.';
    case 'untrusted':
      return 'The page is shown, but its certificate is not trusted: it cannot be installed, nor opened while the Mac is away. You can join all the same, and trust it later.';
    case 'insecure':
      return 'Open the https address that the inviting screen shows.';
    case 'unavailable':
      return 'Private windows and some settings keep service workers off. Open the page in an ordinary window.';
    case 'failed':
      return `The browser says: ${check.reason}`;
  }
}

/** What to do, per platform; the present one first, the others a tap away. */
function Guide(props: { readonly isOpen: boolean }): JSX.Element {
  const [platform, setPlatform] = createSignal<DevicePlatform>(thisPlatform());
  const steps = (): readonly GuideStep[] => [...trustGuide[platform()], installGuide[platform()]];
  return (
    <details class="join-guide" open={props.isOpen}>
      <summary>How to trust and install it</summary>
      <div class="join-guide-platforms">
        <Segmented
          label="Kind of device"
          options={devicePlatforms.map((value) => ({ value, label: platformNames[value] }))}
          value={platform()}
          onChange={setPlatform}
        />
      </div>
      <ol class="join-guide-steps">
        <For each={steps()}>
          {(step) => (
            <li>
              <p class="join-guide-title">{step.title}</p>
              <p>{step.text}</p>
            </li>
          )}
        </For>
      </ol>
      <p class="gate-note">The certificate itself comes from the first QR code on the inviting screen.</p>
    </details>
  );
}
