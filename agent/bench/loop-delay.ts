import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Loaded into an agent before it starts: when asked by a signal, it tells how late its event loop was. */
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();

process.on('SIGUSR2', () => {
  const milliseconds = { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6 };
  process.stderr.write(`${JSON.stringify({ loopDelay: milliseconds })}\n`);
  delay.reset();
});
