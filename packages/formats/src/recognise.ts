import { readGraph } from './graphs.ts';
import { readPyTorch } from './pytorch.ts';
import { readSafeTensors, type SafeTensorsFacts } from './safetensors.ts';
import { bytesAt, type ByteSource } from './source.ts';

/** What a file is, by its content. */
export type Recognised =
  | { readonly format: 'gguf' }
  | ({ readonly format: 'safetensors' } & SafeTensorsFacts)
  | { readonly format: 'pytorch'; readonly container: 'zip' | 'pickle' }
  | { readonly format: 'onnx'; readonly version: number; readonly producer: string | null }
  | { readonly format: 'coreml'; readonly version: number };

/** Nothing smaller is a model. */
const fewestBytes = 16;

/** Looks at what a file holds, never at its name. Null where it is no model of a known format. */
export async function recognise(source: ByteSource): Promise<Recognised | null> {
  if (source.size < fewestBytes) return null;
  const start = await bytesAt(source, 0, 4);
  if (start.toString('latin1') === 'GGUF') return { format: 'gguf' };
  const tensors = await readSafeTensors(source);
  if (tensors !== null) return { format: 'safetensors', ...tensors };
  const torch = await readPyTorch(source);
  if (torch !== null) return { format: 'pytorch', ...torch };
  return readGraph(source);
}
