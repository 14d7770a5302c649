export { readConfig, type ConfigFacts } from './config.ts';
export { recognise, type Recognised } from './recognise.ts';
export type { SafeTensorsFacts } from './safetensors.ts';
export type { ByteSource } from './source.ts';
