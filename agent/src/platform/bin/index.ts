import os from 'node:os';
import { join } from 'node:path';
import { macBin } from './mac-bin.ts';
import type { Bin } from './types.ts';
import { xdgBin } from './xdg-bin.ts';

export type { Bin, Binned } from './types.ts';

/** The bin of this computer. */
export function systemBin(env: NodeJS.ProcessEnv = process.env): Bin {
  const { homedir, uid } = { homedir: os.homedir(), uid: os.userInfo().uid };
  if (os.platform() === 'darwin') return macBin({ homedir, userId: uid });
  const data = env['XDG_DATA_HOME'];
  const dataHome = data?.startsWith('/') ? data : join(homedir, '.local', 'share');
  return xdgBin({ dataHome, userId: uid });
}
