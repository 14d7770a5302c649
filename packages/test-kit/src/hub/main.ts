import { parseArgs } from 'node:util';
import { faultKinds, type FaultKind } from './faults.ts';
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
      '  --fault cut:0.2   what goes wrong, with how often it does; may be given several times:',
      ...Object.entries(faultKinds).map(([kind, what]) => `                      ${kind.padEnd(15)} ${what}`),
      '  --seed 1          faults strike by it',
    ].join('\n'),
  );
  process.exit(0);
}

const faults = values.fault.map((text) => {
  const [kind = '', chance = '1'] = text.split(':');
  if (!Object.hasOwn(faultKinds, kind) || !(Number(chance) >= 0)) {
    console.error(`“${text}” is no fault. --help lists them.`);
    process.exit(1);
  }
  return { kind: kind as FaultKind, chance: Number(chance) };
});
const port = Number(values.port);
const hub = await startLocalHub({
  repos: await sampleRepos(),
  port,
  cdnPort: port === 0 ? 0 : port + 1,
  host: values.host,
  seed: Number(values.seed),
  ...(values.rate !== undefined && { bytesPerSecond: Number(values.rate) }),
});
for (const fault of faults) hub.fault(fault);
console.log(`HF_ENDPOINT=${hub.url}\nThe token of a member: ${memberToken}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void hub[Symbol.asyncDispose]());
}
