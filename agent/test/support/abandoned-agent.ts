// Starts an agent with a loaded model, tells whose processes they are, and stays until it is killed.
import { startAgentProcess } from '@impetus/test-kit';

process.once('disconnect', () => process.exit());
const [home = ''] = process.argv.slice(2);
const agent = await startAgentProcess({ home });
await agent.cli('models', 'load', 'impetus-sample');
const { runners } = await agent.cli<{ runners: { pid: number }[] }>('status');
process.send?.([agent.pid, ...runners.map(({ pid }) => pid)]);
