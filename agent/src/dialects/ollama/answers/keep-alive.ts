import { ImpetusError, type IdleUnload } from '@impetus/contracts';
import type { OllamaKeepAlive } from '@impetus/contracts/ollama';

const secondsOf: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3_600,
};
const duration =
  /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h)(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))*$/u;
const parts = /(?<amount>[\d.]+)(?<unit>ns|us|µs|ms|s|m|h)/gu;

/** The longest time that a model is kept by itself, in minutes; for longer it is kept for good. */
const longestMinutes = 7 * 24 * 60;

/** How long the model stays after the request, from seconds or Go's form of a duration; undefined: as its owner chose. */
export function toIdleUnload(keepAlive: OllamaKeepAlive): IdleUnload | undefined {
  if (keepAlive === null || keepAlive === undefined || keepAlive === '') return undefined;
  const seconds = typeof keepAlive === 'number' ? keepAlive : toSeconds(keepAlive.trim());
  if (seconds < 0) return 'never';
  const minutes = seconds / 60;
  return minutes > longestMinutes ? 'never' : minutes;
}

function toSeconds(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  if (!duration.test(text)) {
    throw new ImpetusError(
      'invalid_request',
      `'keep_alive' is not valid: ${JSON.stringify(text.slice(0, 40))} is no duration. Send seconds, or a text such as "5m", "1h30m" or "-1".`,
      { param: 'keep_alive', detail: 'invalid_value' },
    );
  }
  const seconds = [...text.matchAll(parts)].reduce(
    (sum, { groups }) => sum + Number(groups?.['amount']) * (secondsOf[groups?.['unit'] ?? ''] ?? 0),
    0,
  );
  return text.startsWith('-') ? -seconds : seconds;
}
