/** Three parts in base64url, the first an object: no other credential looks like it. */
const jwtPattern = /^eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*$/;

export const looksLikeToken = (credential: string): boolean => jwtPattern.test(credential);
