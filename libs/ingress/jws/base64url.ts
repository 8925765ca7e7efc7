// Strict base64url: Buffer takes both alphabets, passes over what is neither, and drops unused bits.
const STANDARD_ONLY = /[+/]/;

/** The bytes, or undefined unless this is their one canonical encoding (RFC 4648 sections 3.5 and 5, without padding). */
export const decodeBase64url = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64url');
  // Whatever was passed over is missing from the length, save where a single character is left over.
  const whole = text.length % 4 !== 1 && bytes.length === Math.floor((text.length * 3) / 4);
  return whole && !STANDARD_ONLY.test(text) && endsCanonically(text, bytes) ? bytes : undefined;
};

const endsCanonically = (text: string, bytes: Buffer): boolean => {
  const groups = Math.max(0, Math.ceil(bytes.length / 3) - 1);
  return bytes.toString('base64url', groups * 3) === text.slice(groups * 4);
};
