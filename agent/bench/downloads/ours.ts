import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAgentProcess, temporaryFolder } from '@impetus/test-kit';
import { ownerClient } from './agent-client.ts';
import { processorSeconds } from './processor.ts';
import { restMs } from './rest.ts';

/** One download by a real agent, from the request to the model in the library, as one line of JSON. */
const [endpoint = ''] = process.argv.slice(2);
await using folder = await temporaryFolder();
await using agent = await startAgentProcess({
  home: folder.path,
  env: { HF_ENDPOINT: endpoint, IMPETUS_LAN: '0', IMPETUS_WARM_RUNNER: '0' },
});
const client = ownerClient(folder.path);
// What a start does in its first seconds is no part of a download: the sample is hashed, the sign-in's memory returned.
await sleep(restMs);
// As on the page: who downloads has looked at the repo before. curl is given the file's address as well.
await client.hub.repo.query({ repo: 'bench/file' });
const idleBytes = memory('VmRSS');
// The kernel counts the peak anew.
writeFileSync(`/proc/${agent.pid}/clear_refs`, '5');
const processorBefore = processorSeconds(agent.pid);
const began = performance.now();
const { id } = await client.downloads.add.mutate({ repo: 'bench/file' });
let connections = 0;
for (;;) {
  const download = (await client.downloads.list.query()).find((one) => one.id === id);
  connections = Math.max(connections, download?.connections ?? 0);
  if (download?.state === 'done') break;
  if (download?.state === 'failed') throw new Error(download.error?.message);
  await sleep(50);
}
const seconds = (performance.now() - began) / 1000;
const processor = processorSeconds(agent.pid) - processorBefore;
console.log(JSON.stringify({ seconds, processor, idleBytes, peakBytes: memory('VmHWM'), connections }));

function memory(field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${agent.pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+)`, 'u').exec(status)?.[1]) * 1024;
}
