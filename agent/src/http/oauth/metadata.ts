import { deviceCodeGrantType, scopes } from '@impetus/contracts';

/** RFC 8414, for the origin that was asked. */
export function metadata(issuer: string) {
  return {
    issuer,
    device_authorization_endpoint: `${issuer}/oauth/device_authorization`,
    token_endpoint: `${issuer}/oauth/token`,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    grant_types_supported: [deviceCodeGrantType, 'refresh_token'],
    response_types_supported: [],
    scopes_supported: scopes,
    // Clients are programs on people's computers: they can keep no secret of their own.
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
  };
}
