import { attacks } from './index.ts';
import { sentenceOf } from './attack.ts';
import { runAttack } from './run.ts';
import { openTarget } from './target.ts';

/** Runs every attack against a real agent and prints what it was told. Ends with 1 where one was not refused. */
async function main(): Promise<number> {
  await using target = await openTarget();
  let failed = 0;
  let group = '';
  for (const attack of attacks) {
    const { answer, audited, unchanged } = await runAttack(target, attack);
    const refused = answer.status === attack.status && audited && unchanged;
    if (!refused) failed += 1;
    if (attack.group !== group) console.log(`\n${attack.group}`);
    group = attack.group;
    const mark = refused
      ? 'refused'
      : `NOT AS EXPECTED (${attack.status}, audited: ${audited}, unchanged: ${unchanged})`;
    console.log(`  ${answer.status}  ${attack.name}\n       ${mark}: ${sentenceOf(answer)}`);
  }
  console.log(`\n${attacks.length - failed} of ${attacks.length} attacks were refused.`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
