import type { DevicePlatform } from '../lib/device-platform.ts';

export const platformNames: Readonly<Record<DevicePlatform, string>> = {
  'apple-touch': 'iPhone, iPad',
  android: 'Android',
  mac: 'Mac',
  windows: 'Windows',
  linux: 'Linux',
};

/** One thing to do, and what it looks like on the screen. */
export interface GuideStep {
  readonly title: string;
  readonly text: string;
}

/** How a device comes to trust the certificate, once it has the file. The last step is the one that people miss. */
export const trustGuide: Readonly<Record<DevicePlatform, readonly GuideStep[]>> = {
  'apple-touch': [
    {
      title: 'Install the profile',
      text: 'Settings, Profile Downloaded, Install. It asks for the passcode of the device.',
    },
    {
      title: 'Switch it on',
      text: 'Settings, General, About, at the very end Certificate Trust Settings: switch on the certificate of this Mac. Without this second step nothing changes.',
    },
  ],
  android: [
    {
      title: 'Install the certificate',
      text: 'Settings, Security, More security settings, Install from storage, CA certificate. Android warns of it; choose Install anyway, and the file.',
    },
    {
      title: 'Use Chrome',
      text: 'Firefox on Android does not look at certificates that were installed this way.',
    },
  ],
  mac: [
    {
      title: 'Add it to the keychain',
      text: 'Open the file; Keychain Access puts it into the login keychain.',
    },
    {
      title: 'Trust it',
      text: 'Open it in Keychain Access, and under Trust choose Always Trust. Close the window; it asks for the password.',
    },
  ],
  windows: [
    {
      title: 'Install the certificate',
      text: 'Open the file, press Install Certificate, and choose Current User.',
    },
    {
      title: 'Put it among the roots',
      text: 'Choose “Place all certificates in the following store”, then Trusted Root Certification Authorities.',
    },
  ],
  linux: [
    {
      title: 'Chrome and Chromium',
      text: 'chrome://certificate-manager, Custom, Trusted certificates, Import; then start the browser again.',
    },
    {
      title: 'Firefox',
      text: 'Settings, Privacy and security, View certificates, Authorities, Import; tick “Trust this CA to identify websites”.',
    },
  ],
};

/** How the page becomes an app. */
export const installGuide: Readonly<Record<DevicePlatform, GuideStep>> = {
  'apple-touch': {
    title: 'Add it to the Home Screen',
    text: 'In Safari: Share, then Add to Home Screen. Open it from there before you join: an app on the Home Screen has a memory of its own, and would not be signed in with Safari.',
  },
  android: {
    title: 'Install it',
    text: 'In Chrome: the menu with three dots, then Add to Home screen, Install.',
  },
  mac: {
    title: 'Install it',
    text: 'In Safari: File, Add to Dock. In Chrome: the icon at the end of the address bar.',
  },
  windows: { title: 'Install it', text: 'In Edge or Chrome: the icon at the end of the address bar.' },
  linux: { title: 'Install it', text: 'In Chrome or Chromium: the icon at the end of the address bar.' },
};
