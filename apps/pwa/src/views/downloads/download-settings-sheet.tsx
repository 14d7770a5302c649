import '../../components/chips/chips.css';
import './download-settings.css';
import {
  downloadSettingsSchema,
  type DownloadSettings,
  type DownloadWindow,
} from '@impetus/contracts/downloads';
import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { createResource, createSignal, For, Index, Show, type JSX } from 'solid-js';
import { api } from '../../api/client.ts';
import { toFailure } from '../../api/failure.ts';
import { Button } from '../../components/button/button.tsx';
import { ErrorPanel } from '../../components/error-panel/error-panel.tsx';
import { IconButton } from '../../components/icon-button/icon-button.tsx';
import { NumberField } from '../../components/number-field/number-field.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { Skeleton } from '../../components/skeleton/skeleton.tsx';
import { Toggle } from '../../components/toggle/toggle.tsx';
import { attempt, awayReason } from '../../state/actions.ts';
import { macName } from '../../state/agent-state.ts';
import { parseNumber } from '../../lib/parse-number.ts';
import { may } from '../../state/rights.ts';

const week = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const everyNight: DownloadWindow = { days: [0, 1, 2, 3, 4, 5, 6], from: '23:00', until: '07:00' };
const megabyte = 1e6;

/** When, how fast and how many downloads run. */
export default function DownloadSettingsSheet(props: { readonly onClose: () => void }): JSX.Element {
  const [found] = createResource(async () => {
    try {
      return { settings: await api.downloads.settings.query() };
    } catch (error) {
      return { failure: toFailure(error, 'The settings could not be fetched.') };
    }
  });
  return (
    <Sheet open onClose={props.onClose} title="How downloads run">
      <Show when={found.latest?.failure}>{(failure) => <ErrorPanel failure={failure()} />}</Show>
      <Show
        when={found.latest?.settings}
        fallback={found.loading && <Skeleton rows={4} label="Loading the settings" />}
      >
        {(settings) => <Fields settings={settings()} />}
      </Show>
    </Sheet>
  );
}

function Fields(props: { readonly settings: DownloadSettings }): JSX.Element {
  const [stored, setStored] = createSignal(props.settings);
  const reason = (): string | null =>
    may('admin') ? awayReason() : 'Only an administrator of this Mac changes how downloads run.';
  const save = (changes: Partial<DownloadSettings>): Promise<boolean> =>
    attempt('It was not saved.', async () => {
      setStored(await api.downloads.updateSettings.mutate(changes));
    });
  return (
    <div class="download-settings">
      <Amount
        label="At once"
        hint="Downloads that run side by side; the others wait in line."
        value={stored().atOnce}
        min={1}
        max={8}
        reason={reason()}
        onSave={(atOnce) => save({ atOnce: atOnce ?? 1 })}
      />
      <Amount
        label="Connections for one file"
        hint="The most; how many there are adapts to the link."
        value={stored().connectionsPerFile}
        min={1}
        max={16}
        reason={reason()}
        onSave={(connectionsPerFile) => save({ connectionsPerFile: connectionsPerFile ?? 1 })}
      />
      <Amount
        label="Top speed"
        hint="For all downloads together, so that others in the house have their share."
        value={stored().bytesPerSecond === null ? null : (stored().bytesPerSecond ?? 0) / megabyte}
        unit="MB/s"
        empty="No limit"
        min={0.01}
        max={100_000}
        reason={reason()}
        onSave={(speed) => save({ bytesPerSecond: speed === null ? null : Math.round(speed * megabyte) })}
      />
      <Toggle
        label="On mains power alone"
        hint="On battery downloads wait."
        checked={stored().onlyOnMains}
        disabledReason={reason()}
        onChange={(onlyOnMains) => void save({ onlyOnMains })}
      />
      <Windows
        windows={stored().windows}
        reason={reason()}
        onSave={(windows) => save({ windows: [...windows] })}
      />
    </div>
  );
}

interface AmountProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number | null;
  readonly unit?: string;
  /** What an empty field means, where it may be empty. */
  readonly empty?: string;
  readonly min: number;
  readonly max: number;
  readonly reason: string | null;
  readonly onSave: (value: number | null) => Promise<boolean>;
}

/** A number that is saved when its field is left or Enter is pressed. */
function Amount(props: AmountProps): JSX.Element {
  const shown = (): string => (props.value === null ? '' : String(props.value));
  const [text, setText] = createSignal<string | null>(null);
  const [error, setError] = createSignal<string | null>(null);
  const commit = async (): Promise<void> => {
    const entered = text();
    if (entered === null || entered === shown()) return;
    const parsed = parseNumber(entered, { min: props.min, max: props.max, whole: props.unit === undefined });
    const isMissing = parsed.ok && parsed.value === null && props.empty === undefined;
    setError(parsed.ok ? (isMissing ? `Enter ${props.min} to ${props.max}.` : null) : parsed.error);
    if (!parsed.ok || isMissing) return;
    if (await props.onSave(parsed.value)) setText(null);
  };
  return (
    <NumberField
      label={props.label}
      hint={props.hint}
      value={text() ?? shown()}
      whole={props.unit === undefined}
      {...(props.unit !== undefined && { unit: props.unit })}
      {...(props.empty !== undefined && { placeholder: props.empty })}
      error={error()}
      disabledReason={props.reason}
      onInput={(entered) => {
        setText(entered);
        setError(null);
      }}
      onCommit={() => void commit()}
      onRevert={() => {
        setText(null);
        setError(null);
      }}
    />
  );
}

interface WindowsProps {
  readonly windows: readonly DownloadWindow[];
  readonly reason: string | null;
  readonly onSave: (windows: readonly DownloadWindow[]) => Promise<boolean>;
}

/** The hours in which downloads run; none: at any time. */
function Windows(props: WindowsProps): JSX.Element {
  const change = (index: number, some: Partial<DownloadWindow>): void => {
    const present = props.windows[index];
    if (present === undefined || props.reason !== null) return;
    const next = props.windows.with(index, { ...present, ...some });
    // A field that is half written, or a window without a day, is no window yet.
    if (downloadSettingsSchema.shape.windows.safeParse(next).success) void props.onSave(next);
  };
  let adding!: HTMLDivElement;
  /** The button that was pressed goes with its hours: the keyboard goes on from the one that adds some. */
  const remove = async (index: number): Promise<void> => {
    if (await props.onSave(props.windows.toSpliced(index, 1))) adding.querySelector('button')?.focus();
  };
  return (
    <section class="download-windows" aria-label="Hours">
      <h3>Hours</h3>
      <p class="settings-hint">
        {props.windows.length === 0
          ? 'Downloads run at any time.'
          : `Downloads run in these hours alone, by the clock of ${macName()}.`}
      </p>
      <Index each={props.windows}>
        {(window, index) => (
          <fieldset class="download-window">
            <legend class="visually-hidden">Hours {index + 1}</legend>
            <div class="download-window-times">
              <label>
                From
                <input
                  type="time"
                  required
                  value={window().from}
                  disabled={props.reason !== null}
                  onChange={(event) => change(index, { from: event.currentTarget.value })}
                />
              </label>
              <label>
                until
                <input
                  type="time"
                  required
                  value={window().until}
                  disabled={props.reason !== null}
                  onChange={(event) => change(index, { until: event.currentTarget.value })}
                />
              </label>
              <IconButton
                label={`Remove hours ${index + 1}`}
                disabledReason={props.reason}
                onPress={() => void remove(index)}
              >
                <X />
              </IconButton>
            </div>
            <div class="chips-row">
              <For each={week}>
                {(name, day) => (
                  <label class="chip">
                    <input
                      type="checkbox"
                      checked={window().days.includes(day())}
                      disabled={props.reason !== null}
                      onChange={(event) => {
                        const days = window().days.filter((other) => other !== day());
                        const next = event.currentTarget.checked
                          ? [...days, day()].toSorted((a, b) => a - b)
                          : days;
                        if (next.length === 0) event.currentTarget.checked = true;
                        else change(index, { days: next });
                      }}
                    />
                    <span>{name}</span>
                  </label>
                )}
              </For>
            </div>
          </fieldset>
        )}
      </Index>
      <div ref={adding}>
        <Button
          size="small"
          icon={<Plus />}
          disabledReason={props.reason}
          onPress={() => void props.onSave([...props.windows, everyNight])}
        >
          Add hours
        </Button>
      </div>
    </section>
  );
}
