import { getLlama, LlamaLogLevel, type Llama } from 'node-llama-cpp';
import { ImpetusError, type RunnerHardware, type RunnerSettings } from '@impetus/contracts';

/** What llama.cpp said last; where it fails it explains itself only there. */
export class LibraryLog {
  readonly #lines: string[] = [];

  add(level: LlamaLogLevel, message: string): void {
    if (level !== LlamaLogLevel.error && level !== LlamaLogLevel.fatal) return;
    process.stderr.write(`${message.trimEnd()}\n`);
    this.#lines.push(message.trim());
    if (this.#lines.length > 20) this.#lines.shift();
  }

  /** The first error of the last attempt: the ones that follow only repeat that it failed. */
  reason(): string | null {
    return this.#lines[0] ?? null;
  }

  clear(): void {
    this.#lines.length = 0;
  }
}

/** llama.cpp, up and without a model. */
export interface Library {
  readonly llama: Llama;
  readonly gpu: RunnerSettings['gpu'];
  readonly log: LibraryLog;
  readonly hardware: RunnerHardware;
}

/** Throws `model_load_failed` where llama.cpp cannot run on this computer. */
export async function openLibrary(gpu: RunnerSettings['gpu'], threads: number): Promise<Library> {
  const log = new LibraryLog();
  try {
    const llama = await getLlama({
      gpu,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      maxThreads: threads,
      logLevel: LlamaLogLevel.error,
      logger: (level, message) => log.add(level, message),
    });
    return { llama, gpu, log, hardware: await hardwareOf(llama) };
  } catch (error) {
    const why = log.reason() ?? (error instanceof Error ? error.message : String(error));
    throw new ImpetusError('model_load_failed', `llama.cpp cannot run on this computer: ${why}`, {
      cause: error,
    });
  }
}

async function hardwareOf(llama: Llama): Promise<RunnerHardware> {
  if (llama.gpu === false) return { gpu: 'none', gpuMemoryBytes: null };
  const { total } = await llama.getVramState();
  return { gpu: llama.gpu, gpuMemoryBytes: total > 0 ? total : null };
}
