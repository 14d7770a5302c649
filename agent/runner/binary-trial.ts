import { registerHooks } from 'node:module';

/**
 * On Linux node-llama-cpp first tries its binary in a process of its own, lest a wrong one take its caller with it.
 * That takes longer than all else of a start, and a runner is such a process already: what would end the trial ends
 * the runner, and the agent says why. Where there are several binaries to choose from, the trial is what chooses.
 * To be called before node-llama-cpp is imported.
 */
export function leaveOutBinaryTrial(): void {
  registerHooks({
    load: (url, context, nextLoad) =>
      url.endsWith('/node-llama-cpp/dist/bindings/utils/testBindingBinary.js')
        ? {
            format: 'module',
            source: 'export const testBindingBinary = async () => true;',
            shortCircuit: true,
          }
        : nextLoad(url, context),
  });
}
