/** What people read of the name on the network. */
export const words = {
  switchedOff: 'The name is not told to the network, as the setting says; devices use an address.',
  notNeeded: 'Nothing is told to the network.',
  blocked:
    'This network lets no multicast through, so devices cannot find the name; use an address. On a Mac, look whether Impetus may find devices in the local network (System Settings, Privacy & Security, Local Network).',
  advertised: (name: string) => `Devices on this network find ${name}.`,
  conflict: (name: string) =>
    `Another device on this network calls itself ${name}. Turn it off, or take a new name (“trust rename”) and install the certificate on every device again.`,
} as const;
