import { api } from '../../api/client.ts';
import { toFailure } from '../../api/failure.ts';
import { showToast } from '../../state/toasts.ts';

function tell(error: unknown, what: string): void {
  const { why, remedy } = toFailure(error, what);
  showToast([what, why, remedy].filter(Boolean).join(' '));
}

/** Has the Mac dial its addresses again; the state tells what came of it. */
export async function tryAddresses(): Promise<void> {
  try {
    await api.trust.check.mutate();
  } catch (error) {
    tell(error, 'The addresses were not tried.');
  }
}

/** Hands the authority’s certificate to the browser as a file. */
export async function downloadAuthority(): Promise<void> {
  try {
    const authority = await api.trust.authority.query();
    if (authority === null) {
      showToast('There is no authority of this Mac’s own just now.');
      return;
    }
    const url = URL.createObjectURL(new Blob([authority.pem], { type: 'application/x-pem-file' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'impetus-authority.pem';
    link.click();
    URL.revokeObjectURL(url);
  } catch (error) {
    tell(error, 'The authority’s certificate was not fetched.');
  }
}
