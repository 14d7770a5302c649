import type { RemovalPlan } from '@impetus/contracts/library';

/** What becomes of the files, and whether there is a way back. */
export function removalDescription({ to, models }: RemovalPlan, mac: string): string {
  const stays = models.filter(({ refusal }) => refusal !== null).length;
  const others = stays === 0 || stays === models.length ? '' : ' Those that cannot be removed stay.';
  if (stays === models.length) return 'None of this can be removed from here.';
  return to === 'bin'
    ? `These files go to the bin of ${mac}. They can be brought back until it is emptied.${others}`
    : `These files are deleted from ${mac}. There is no way back.${others}`;
}
