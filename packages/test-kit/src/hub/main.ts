import { parseArgs } from 'node:util';
import type { FaultKind } from './faults.ts';
import { startLocalHub } from './local-hub.ts';
import { sampleRepos } from './repos.ts';
import { memberToken } from './state.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8090' },
    host: { type: 'string', default: '127.0.0.1' },
    rate: { type: 'string' },
    seed: { type: 'string', default: '1' },
    fault: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(
    [
      'A Hugging Face Hub on this computer, for trying and testing.',
      '',
      '  --port 8090       where it listens; the bytes come from the port after it',
      '  --host 127.0.0.1  another address lets other machines in',
      '  --rate 1000000    bytes per second of one connection',
      '  --fault cut:0.2   cut, stall, short, flipped-byte, other-range, html, expired, rate-limited,',
      '                    unavailable, no-ranges, …, with how often it strikes; may be given several times',
      '  --seed 1          faults strike by it',
    ].join('\n'),
  );
  process.exit(0);
}

const port = Number(values.port);
const hub = await startLocalHub({
  repos: await sampleRepos(),
  port,
  cdnPort: port === 0 ? 0 : port + 1,
  host: values.host,
  seed: Number(values.seed),
  ...(values.rate !== undefined && { bytesPerSecond: Number(values.rate) }),
});
for (const text of values.fault) {
  const [kind = '', chance = '1'] = text.split(':');
  hub.fault({ kind: kind as FaultKind, chance: Number(chance) });
}
console.log(`HF_ENDPOINT=${hub.url}\nThe token of a member: ${memberToken}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void hub[Symbol.asyncDispose]());
}
