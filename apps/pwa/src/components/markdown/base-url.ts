import { createContext } from 'solid-js';

/** What relative links are relative to; null where nothing is known, and they lead nowhere. */
export const BaseUrl = createContext<string | null>(null);
