/** How the browser of the tests is started, with what a test needs besides. */
export function launchOptions(...more: readonly string[]): { executablePath?: string; args: string[] } {
  const executablePath = process.env['IMPETUS_BROWSER'];
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...more,
    ],
  };
}
