import type { IconName } from './icons.ts';

/** Something to do on a device, in its own words for things. */
export interface Step {
  readonly icon: IconName;
  readonly title: string;
  /** Plain sentences; `code` and **places** are marked. */
  readonly text: string;
  /** People miss it, and nothing works without it. */
  readonly missed?: boolean;
  readonly download?: 'crt' | 'pem' | 'mobileconfig';
}

export interface Platform {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly Step[];
}

/** What differs from agent to agent in the steps. */
export interface StepFacts {
  /** How devices show the root in their lists. */
  readonly authority: string;
}

const compare = (where: string): Step => ({
  icon: 'fingerprint',
  title: 'Compare the fingerprint',
  text: `${where} It has to be the SHA-256 fingerprint that the Mac shows, and not only the one on this page: this page comes over plain http, which somebody in between could change. If it differs, remove the certificate and stop.`,
});

/** The guides, in the order in which they are offered. */
export function platforms({ authority }: StepFacts): readonly [Platform, ...Platform[]] {
  return [
    {
      id: 'ios',
      name: 'iPhone, iPad',
      steps: [
        {
          icon: 'download',
          title: 'Download the profile',
          text: 'Open this page in **Safari** and tap the button. Safari asks whether the site may download a configuration profile: tap **Allow**.',
          download: 'mobileconfig',
        },
        compare(
          'Open **Settings** and tap **Profile Downloaded** near the top (else **General**, **VPN & Device Management**). Tap **More Details**, then the certificate, and scroll to **Fingerprints**.',
        ),
        {
          icon: 'settings',
          title: 'Install it',
          text: `Go back to the profile “${authority}”, tap **Install**, enter your passcode, and tap **Install** again.`,
        },
        {
          icon: 'switch',
          title: 'Turn its trust on',
          text: `Open **Settings**, **General**, **About**, **Certificate Trust Settings** (at the very end) and turn on the switch beside “${authority}”. Without this switch Safari still warns, and the app cannot be installed.`,
          missed: true,
        },
        {
          icon: 'home',
          title: 'Put the app on the Home Screen',
          text: 'Open Impetus with the link below, tap **Share**, then **Add to Home Screen**. Sign in inside that app: it shares nothing with Safari.',
        },
      ],
    },
    {
      id: 'android',
      name: 'Android',
      steps: [
        {
          icon: 'download',
          title: 'Download the certificate',
          text: 'Tap the button and keep the file.',
          download: 'crt',
        },
        {
          icon: 'settings',
          title: 'Install it as a CA certificate',
          text: 'Open **Settings** and search for **CA certificate** (it lies under **Security & privacy**, **More security settings**, **Encryption & credentials**, **Install a certificate**). Choose **CA certificate**, **Install anyway**, and the file `impetus.crt`. Opening the file itself does not work on Android.',
          missed: true,
        },
        compare(
          'In **Encryption & credentials** open **Trusted credentials**, **User**, and tap the certificate.',
        ),
        {
          icon: 'home',
          title: 'Install the app',
          text: 'Open Impetus in **Chrome** with the link below, then **⋮** and **Add to Home screen**, **Install**.',
        },
      ],
    },
    {
      id: 'macos',
      name: 'Mac',
      steps: [
        { icon: 'download', title: 'Download the certificate', text: 'Click the button.', download: 'crt' },
        {
          icon: 'settings',
          title: 'Add it to the keychain',
          text: 'Open the file `impetus.crt`. **Keychain Access** asks for a keychain: choose **login**.',
        },
        {
          icon: 'switch',
          title: 'Trust it',
          text: `In **Keychain Access**, **login**, **Certificates**, double-click “${authority}”, open **Trust**, and choose **Always Trust** at *When using this certificate*. Close the window and enter your password.`,
          missed: true,
        },
        compare('The same window shows **Fingerprints** at the end of **Details**.'),
        {
          icon: 'home',
          title: 'Install the app',
          text: 'Open Impetus with the link below. In **Safari**: **File**, **Add to Dock**. In **Chrome**: the install sign in the address bar.',
        },
      ],
    },
    {
      id: 'windows',
      name: 'Windows',
      steps: [
        { icon: 'download', title: 'Download the certificate', text: 'Click the button.', download: 'crt' },
        {
          icon: 'settings',
          title: 'Install it',
          text: 'Open the file `impetus.crt`, click **Install Certificate**, choose **Current User**.',
        },
        {
          icon: 'switch',
          title: 'Choose the right store',
          text: 'Choose **Place all certificates in the following store**, **Browse**, **Trusted Root Certification Authorities**. What Windows would choose by itself is not enough. Then **Finish**, and **Yes** to the warning.',
          missed: true,
        },
        compare('In PowerShell: `Get-FileHash impetus.crt` in the folder of your downloads.'),
        {
          icon: 'home',
          title: 'Install the app',
          text: 'Start **Edge** or **Chrome** anew, open Impetus with the link below, and click the install sign in the address bar.',
        },
      ],
    },
    {
      id: 'linux',
      name: 'Linux',
      steps: [
        { icon: 'download', title: 'Download the certificate', text: 'Click the button.', download: 'pem' },
        compare('In a terminal: `openssl x509 -in impetus.pem -noout -fingerprint -sha256`.'),
        {
          icon: 'settings',
          title: 'For programs and scripts',
          text: '`sudo cp impetus.pem /usr/local/share/ca-certificates/impetus.crt && sudo update-ca-certificates`',
        },
        {
          icon: 'switch',
          title: 'For Chrome and Chromium',
          text: 'They have a store of their own: `certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n Impetus -i impetus.pem` (from the package libnss3-tools), then start them anew.',
          missed: true,
        },
        {
          icon: 'home',
          title: 'Install the app',
          text: 'Open Impetus with the link below and click the install sign in the address bar.',
        },
      ],
    },
    {
      id: 'firefox',
      name: 'Firefox',
      steps: [
        {
          icon: 'download',
          title: 'Download the certificate',
          text: 'On a computer Firefox may offer to trust it at once: tick **Trust this CA to identify websites**, and skip the next step.',
          download: 'crt',
        },
        {
          icon: 'settings',
          title: 'Import it',
          text: '**Settings**, **Privacy & Security**, **Certificates**, **View Certificates**, **Authorities**, **Import**. Tick **Trust this CA to identify websites**.',
        },
        compare('In **Authorities** choose the certificate under *Impetus* and click **View**.'),
        {
          icon: 'switch',
          title: 'On Android',
          text: 'Install the certificate as the guide for Android says, then tap the logo in **Settings**, **About Firefox** seven times, and turn on **Use third party CA certificates** in **Secret Settings**.',
        },
        {
          icon: 'home',
          title: 'Open Impetus',
          text: 'Use the link below. Firefox installs no apps on computers; a bookmark does.',
        },
      ],
    },
  ];
}

const hints: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad|iPod/, 'ios'],
  [/Android.*Firefox|Firefox.*Android/, 'firefox'],
  [/Android/, 'android'],
  [/Firefox\//, 'firefox'],
  [/Windows/, 'windows'],
  [/Macintosh|Mac OS X/, 'macos'],
  [/Linux|X11|CrOS/, 'linux'],
];

/** The guide for a browser, by what it calls itself. An iPad calls itself a Mac; the page's script knows better. */
export function detectPlatform(userAgent: string): string {
  return hints.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'ios';
}
