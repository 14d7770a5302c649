import { createHash } from 'node:crypto';
import type { AuthorityCertificate } from '@impetus/contracts';

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The same for the same certificate, so that a second download replaces the first profile. */
function uuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-').toUpperCase();
}

/** The DER form of a certificate. */
export function derOf(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
}

/** A configuration profile that installs the root on an iPhone, an iPad or a Mac. */
export function mobileConfig({ name, fingerprint, pem }: AuthorityCertificate, computer: string): string {
  const id = `impetus.authority.${fingerprint.slice(0, 16)}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>PayloadContent</key>
	<array>
		<dict>
			<key>PayloadCertificateFileName</key>
			<string>impetus.crt</string>
			<key>PayloadContent</key>
			<data>${derOf(pem).toString('base64')}</data>
			<key>PayloadDisplayName</key>
			<string>${escape(name)}</string>
			<key>PayloadIdentifier</key>
			<string>${id}.root</string>
			<key>PayloadType</key>
			<string>com.apple.security.root</string>
			<key>PayloadUUID</key>
			<string>${uuid(`${fingerprint} root`)}</string>
			<key>PayloadVersion</key>
			<integer>1</integer>
		</dict>
	</array>
	<key>PayloadDescription</key>
	<string>Lets this device trust Impetus on ${escape(computer)}. It vouches for that computer alone.</string>
	<key>PayloadDisplayName</key>
	<string>${escape(name)}</string>
	<key>PayloadIdentifier</key>
	<string>${id}</string>
	<key>PayloadRemovalDisallowed</key>
	<false/>
	<key>PayloadType</key>
	<string>Configuration</string>
	<key>PayloadUUID</key>
	<string>${uuid(fingerprint)}</string>
	<key>PayloadVersion</key>
	<integer>1</integer>
</dict>
</plist>
`;
}
