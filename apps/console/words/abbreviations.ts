// Codes are in small letters; what they abbreviate people write in capitals.
const ABBREVIATIONS = /\b(?:apir|e2e|ebp|lsc|uln|wv|yot)\b/g;

/** An agreement of the id `e2e-passport` is the E2E passport. */
export const inCapitals = (text: string): string => text.replaceAll(ABBREVIATIONS, (one) => one.toUpperCase());
