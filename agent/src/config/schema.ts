import { z } from 'zod';

function wholeNumber(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  // Flags and variables are text, the file holds numbers.
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
    z.int({ error }).min(min, { error }).max(max, { error }),
  );
}

function text(error: string, max = 4096) {
  return z.string({ error }).trim().min(1, { error }).max(max, { error });
}

/** Flags and variables are text, the file holds booleans. */
const onOrOff = z.preprocess(
  (value) => ({ '1': true, true: true, '0': false, false: false })[String(value)] ?? value,
  z.boolean({ error: '1 (on) or 0 (off)' }),
);

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const optionalPath = text('the path of a folder').optional();

/** What an operator can choose. The message of each field completes “… must be”. */
export const configFields = z.strictObject({
  home: optionalPath,
  models: optionalPath,
  name: text('a name of at most 80 characters', 80).optional(),
  httpPort: wholeNumber(0, 65_535).default(8080),
  httpsPort: wholeNumber(0, 65_535).default(8443),
  lan: onOrOff.default(true),
  mdns: onOrOff.default(true),
  logLevel: z.enum(logLevels, { error: `one of ${logLevels.join(', ')}` }).default('info'),
  hubEndpoint: z
    .url({ protocol: /^https?$/, error: 'an http or https address' })
    .default('https://huggingface.co'),
  hubToken: text('a token of the Hugging Face Hub').optional(),
  /** Folders of other programs; the first three variables are those programs' own. */
  hfHome: optionalPath,
  hfHubCache: optionalPath,
  ollamaModels: optionalPath,
  lmStudioModels: optionalPath,
  otherApps: onOrOff.optional(),
  threads: wholeNumber(1, 1024).optional(),
  contextSize: wholeNumber(128, 16_777_216).optional(),
  sequences: wholeNumber(1, 256).optional(),
  warmRunner: onOrOff.optional(),
});

export type ConfigValues = z.infer<typeof configFields>;
export type FieldName = keyof ConfigValues;
