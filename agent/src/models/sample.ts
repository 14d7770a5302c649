import { join } from 'node:path';
import { makeSampleModel, sampleModelIsCurrent } from '@impetus/gguf/sample';

/** The id under which the agent's own model is always there. */
export const sampleModelId = 'impetus-sample';

/** Makes the sample model in `folder` unless this version of it is there already. */
export async function ensureSampleModel(folder: string): Promise<string> {
  const path = join(folder, `${sampleModelId}.gguf`);
  if (!(await sampleModelIsCurrent(path))) await makeSampleModel(path);
  return path;
}
