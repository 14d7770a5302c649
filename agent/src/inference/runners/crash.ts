import { ImpetusError } from '@impetus/contracts';
import type { RunnerExit } from './runner-process.ts';

/** After so many failures in a row a model is not started again until its owner asks for it. */
export const failuresBeforeGivingUp = 3;

/** How a runner ended, in words for people: `signal SIGKILL`, `exit code 134: GGML_ASSERT(…) failed`. */
export function describeExit({ code, signal, stderr }: RunnerExit): string {
  const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
  const why = stderr.split('\n').find((line) => /assert|error|what\(\)|abort|fail/iu.test(line));
  return why === undefined ? how : `${how}: ${why.trim().slice(0, 300)}`;
}

/** For a request that ran on a runner that ended. */
export function lostWithRunner(modelName: string, exit: string): ImpetusError {
  return new ImpetusError(
    'runner_failed',
    `The runner of ${modelName} ended unexpectedly (${exit}) and this request ended with it. Send it again; the model is started anew.`,
    { retryAfterSeconds: 1 },
  );
}

/** For those who waited for a load whose runner ended. */
export function lostWhileLoading(modelName: string, exit: string): ImpetusError {
  return new ImpetusError(
    'model_load_failed',
    `${modelName} could not be loaded: its runner ended unexpectedly (${exit}). Its file may be damaged, or of a kind that this version of llama.cpp does not know. Try another file of this model.`,
  );
}

/** For requests to a model that fails each time. */
export function gaveUp(modelName: string, failures: number, last: string): ImpetusError {
  return new ImpetusError(
    'runner_failed',
    `${modelName} failed ${failures} times in a row and is not started again by itself. The last failure: ${last}. Load it on the Models page or with "impetus models load" to try again.`,
  );
}
