import { ImpetusError, type HubQuant, type HubRepoDetail } from '@impetus/contracts';

/** The quant of that name, or the one that this machine is best served with. */
export function chooseQuant(repo: HubRepoDetail, key: string | undefined): HubQuant {
  const { quants } = repo;
  const named =
    key === undefined
      ? (quants.find(({ recommended }) => recommended) ?? quants[0])
      : (quants.find((quant) => quant.key === key) ??
        quants.find((quant) => quant.quant?.toLowerCase() === key.toLowerCase()) ??
        quants.find((quant) => quant.key.toLowerCase() === key.toLowerCase()));
  if (named === undefined) {
    const there =
      quants.length === 0
        ? (repo.notice ?? 'It has no GGUF file.')
        : `It has ${quants.map((quant) => quant.key).join(', ')}.`;
    throw new ImpetusError('not_found', `${repo.repo} has no ${key ?? 'model'} to download. ${there}`, {
      param: 'key',
    });
  }
  if (named.missing.length === 0) return named;
  throw new ImpetusError(
    'conflict',
    `${named.name} cannot be used: its repo lacks ${named.missing.slice(0, 3).join(', ')}. Choose another quant.`,
    { param: 'key' },
  );
}

/** Throws `hub_access`, with what to do, where the Hub would not let us at the files. */
export function requireAccess({ repo, access, url }: HubRepoDetail): void {
  if (access === 'open') return;
  const then =
    access === 'needs-token'
      ? ' Then give the agent your token, with `impetus hub login` or on the Hub page.'
      : '';
  throw new ImpetusError('hub_access', `${repo} is gated. Open ${url} and agree to its terms.${then}`);
}
