import { basename, dirname } from 'node:path';

/** What many programs call their files; which model it is, the folder says. */
const common = /^(?:model|pytorch_model|diffusion_pytorch_model|consolidated(?:\.\d+)?|weights)$/iu;
const endings = /\.(?:gguf|safetensors|pth?|onnx|mlmodelc?|mlpackage|ckpt|bin)$/iu;
const partOf = /-\d{5}-of-\d{5}$/u;

/** Whether a file has a name that thousands of models have. */
export function hasCommonName(path: string): boolean {
  return common.test(ownName(path));
}

/** What a model is called after its file, or after the file's folder where the name tells nothing. */
export function calledAfter(path: string, watchedFolder: string): string {
  const folder = dirname(path);
  return hasCommonName(path) && folder !== watchedFolder ? basename(folder) : ownName(path);
}

function ownName(path: string): string {
  return basename(path).replace(endings, '').replace(partOf, '');
}
