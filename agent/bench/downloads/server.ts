import { commitOf, madeUp, startLocalHub } from '@impetus/test-kit/hub';

/** A Hub with one file of the size, for a bench; its address and the file's digest as one line of JSON. */
const [size = '0', host = '127.0.0.1'] = process.argv.slice(2);
const content = madeUp(Number(size), 21);
const repo = { id: 'bench/file', files: { 'file-Q8_0.gguf': content } };
const hub = await startLocalHub({ repos: [repo], host });
console.log(
  JSON.stringify({
    endpoint: hub.url,
    url: `${hub.url}/bench/file/resolve/${commitOf(repo)}/file-Q8_0.gguf`,
    sha256: content.sha256(),
  }),
);
