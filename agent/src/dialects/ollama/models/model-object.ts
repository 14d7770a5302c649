import { createHash } from 'node:crypto';
import type { ModelEntry, RunnerStatus } from '@impetus/contracts';

/** How long a model stays that stays for good: Ollama's clients expect a time. */
const forGood = '9999-12-31T23:59:59Z';

/** A model by one of its names, as `/api/tags` lists it. */
export function toTag(name: string, entry: ModelEntry) {
  return {
    name,
    model: name,
    modified_at: entry.modifiedAt,
    size: entry.sizeBytes,
    digest: digestOf(entry),
    details: toDetails(entry),
  };
}

/** A loaded model, as `/api/ps` lists it. */
export function toLoaded(entry: ModelEntry, runner: RunnerStatus) {
  const size = runner.residentBytes ?? runner.estimate?.totalBytes ?? entry.sizeBytes;
  const onGpu = runner.gpu !== null && runner.gpu !== 'none';
  return {
    name: entry.id,
    model: entry.id,
    size,
    digest: digestOf(entry),
    details: toDetails(entry),
    expires_at: runner.unloadsAt ?? forGood,
    size_vram: onGpu ? size : 0,
    context_length: runner.contextSize,
  };
}

export function toDetails({ format, architecture, parameters, quant }: ModelEntry) {
  return {
    parent_model: '',
    format,
    family: architecture ?? '',
    families: architecture === null ? [] : [architecture],
    parameter_size: parameters === null ? '' : parameterSize(parameters),
    quantization_level: quant ?? 'unknown',
  };
}

/** Ollama's digest is of a manifest; here it is the file's, or of what is known of the model until that is. */
function digestOf({ sha256, id, files, modifiedAt }: ModelEntry): string {
  if (sha256 !== null) return sha256;
  const known = JSON.stringify([id, files.map(({ sizeBytes }) => sizeBytes), modifiedAt]);
  return createHash('sha256').update(known).digest('hex');
}

/** Such as `7.2B` or `3.6M`. */
export function parameterSize(parameters: number): string {
  const [unit, letter] = parameters >= 1e9 ? [1e9, 'B'] : parameters >= 1e6 ? [1e6, 'M'] : [1e3, 'K'];
  return `${Number((parameters / unit).toFixed(1))}${letter}`;
}
