interface LaunchOptions {
  readonly executablePath?: string;
  readonly args: string[];
}

/** How the browser of the tests is started, with what a test needs besides. */
export function launchOptions(...more: readonly string[]): LaunchOptions {
  return startOf(process.env['IMPETUS_BROWSER_SHELL'], more);
}

/** The same with all that a browser has, for tests of what is installed in it. */
export function wholeBrowserOptions(...more: readonly string[]): LaunchOptions {
  return startOf(process.env['IMPETUS_BROWSER'], more);
}

function startOf(executablePath: string | undefined, more: readonly string[]): LaunchOptions {
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      // Debian's Chromium draws by a graphics card that it has to imitate where there is none.
      '--disable-gpu-rasterization',
      ...more,
    ],
  };
}
