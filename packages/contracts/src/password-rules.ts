/** Passwords are hashed, so their length costs; nobody types more than this. */
export const maxPasswordLength = 256;
export const minPasswordLength = 10;
