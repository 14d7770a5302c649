/** How long the computer rests before each download that is measured. */
export const restMs = 6_000;
