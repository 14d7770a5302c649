import { ImpetusError, type DownloadSettings, type DownloadWindow } from '@impetus/contracts';
import { formatBytes, formatTable } from './format.ts';

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const everyDay = [0, 1, 2, 3, 4, 5, 6];

/** `23:00-07:00`, or on some days `mon-fri 23:00-07:00`, several parted by commas; `none` for any time. */
export function readHours(text: string): DownloadWindow[] {
  if (text === 'none') return [];
  return text.split(',').map((part) => {
    const [, days, from = '', until = ''] =
      /^(?:([a-z]{3}(?:-[a-z]{3})?)\s+)?(\d\d:\d\d)[-–](\d\d:\d\d)$/u.exec(part.trim().toLowerCase()) ?? [];
    if (from === '')
      throw invalid('hours', `“${part.trim()}” is no hours. Write 23:00-07:00, or mon-fri 23:00-07:00.`);
    return { days: days === undefined ? everyDay : readDays(days), from, until };
  });
}

function readDays(text: string): number[] {
  const [first = -1, last = first] = text.split('-').map((name) => dayNames.indexOf(name));
  if (first < 0 || last < 0) throw invalid('hours', `“${text}” are no days. Write mon, or mon-fri.`);
  return everyDay.slice(0, ((last - first + 7) % 7) + 1).map((day) => (first + day) % 7);
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };

/** Bytes per second: `2.5MB`, `800 kB`, `2500000`; `none` for no limit. */
export function readSpeed(text: string): number | null {
  if (text === 'none') return null;
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmg]?)b?(?:\/s)?$/iu.exec(text.trim()) ?? [];
  if (amount === undefined)
    throw invalid('speed', `“${text}” is no speed. Write bytes per second, such as 2.5MB, or none.`);
  return Math.round(Number(amount) * (units[unit.toLowerCase()] ?? 1));
}

/** Whether something is to be on. */
export function readSwitch(name: string, text: string): boolean {
  if (/^(?:1|yes|on|true)$/iu.test(text)) return true;
  if (/^(?:0|no|off|false)$/iu.test(text)) return false;
  throw invalid(name, `“${text}” is neither yes nor no.`);
}

function invalid(param: string, message: string): ImpetusError {
  return new ImpetusError('invalid_request', message, { param });
}

/** How downloads run, as a table. */
export function formatDownloadSettings(settings: DownloadSettings): string {
  const { atOnce, connectionsPerFile, bytesPerSecond, onlyOnMains, windows } = settings;
  return formatTable([
    ['SETTING', 'VALUE'],
    ['downloads at once', String(atOnce)],
    ['connections for one file', `up to ${connectionsPerFile}`],
    ['speed', bytesPerSecond === null ? 'no limit' : `${formatBytes(bytesPerSecond)}/s`],
    ['only on mains power', onlyOnMains ? 'yes' : 'no'],
    ['hours', windows.length === 0 ? 'any' : windows.map(formatHours).join(', ')],
  ]);
}

function formatHours({ days, from, until }: DownloadWindow): string {
  const named = days.length === 7 ? '' : `${days.map((day) => dayNames[day]).join('+')} `;
  return `${named}${from}–${until}`;
}
