import { createSignal, type JSX } from 'solid-js';
import { Button } from '../../components/button/button.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { parseNumber, type NumberRange } from '../../lib/parse-number.ts';
import { defaultSettings, type ChatSettings } from '../../state/conversation.ts';

const temperatureRange: NumberRange = { min: 0, max: 2 };
const maxTokensRange: NumberRange = { min: 1, max: 1_000_000, whole: true };

export interface SettingsSheetProps {
  readonly settings: ChatSettings;
  readonly onChange: (settings: ChatSettings) => void;
  readonly onClose: () => void;
}

function asText(value: number | null): string {
  return value === null ? '' : String(value);
}

function errorOf(text: string, range: NumberRange): string | null {
  const parsed = parseNumber(text, range);
  return parsed.ok ? null : parsed.error;
}

/** How the model answers in this conversation. What is entered holds at once, as far as it is valid. */
export default function SettingsSheet(props: SettingsSheetProps): JSX.Element {
  const [temperature, setTemperature] = createSignal(asText(props.settings.temperature));
  const [maxTokens, setMaxTokens] = createSignal(asText(props.settings.maxTokens));

  const enterTemperature = (text: string): void => {
    setTemperature(text);
    const parsed = parseNumber(text, temperatureRange);
    if (parsed.ok) props.onChange({ ...props.settings, temperature: parsed.value });
  };
  const enterMaxTokens = (text: string): void => {
    setMaxTokens(text);
    const parsed = parseNumber(text, maxTokensRange);
    if (parsed.ok) props.onChange({ ...props.settings, maxTokens: parsed.value });
  };
  const reset = (): void => {
    setTemperature('');
    setMaxTokens('');
    props.onChange(defaultSettings);
  };

  return (
    <Sheet
      open
      onClose={props.onClose}
      title="Settings of this conversation"
      actions={
        <>
          <Button onPress={reset}>Use defaults</Button>
          <Button kind="primary" onPress={props.onClose}>
            Done
          </Button>
        </>
      }
    >
      <TextField
        label="System prompt"
        hint="What the model is told before the first question."
        multiline
        value={props.settings.systemPrompt}
        onInput={(systemPrompt) => props.onChange({ ...props.settings, systemPrompt })}
      />
      <TextField
        label="Temperature"
        hint="0 always picks the likeliest word; higher is freer, up to 2."
        placeholder="The model’s own"
        inputMode="decimal"
        value={temperature()}
        onInput={enterTemperature}
        error={errorOf(temperature(), temperatureRange)}
      />
      <TextField
        label="Longest answer, in tokens"
        hint="A token is about three quarters of a word."
        placeholder="Until the model ends"
        inputMode="numeric"
        value={maxTokens()}
        onInput={enterMaxTokens}
        error={errorOf(maxTokens(), maxTokensRange)}
      />
    </Sheet>
  );
}
