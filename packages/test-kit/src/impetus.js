// What tests start in place of `agent/impetus.js`, with a connection to themselves: whoever is killed before it could
// stop what it began takes this with it. Nothing is said on the connection, and nothing waits for it.
const patienceMs = 10_000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), patienceMs).unref();
  process.kill(process.pid, 'SIGTERM');
});
process.channel?.unref();
await import('../../../agent/impetus.js');
