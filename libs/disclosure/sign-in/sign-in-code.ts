// The form of a code that somebody types: four characters that find it, and sixty bits that nobody guesses. Easily mistaken characters are
// one (Crockford's base 32).
import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const NAME = 4;
const LENGTH = 16;
const GROUP = 4;
const TYPED = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

export interface SignInCode {
  readonly name: string;
  readonly secret: string;
}

/** Each character is five bits of a random byte. */
export const drawnCode = (): SignInCode => {
  const text = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return { name: text.slice(0, NAME), secret: text.slice(NAME) };
};

/** As it is handed over: `7K2M-…`. */
export const writtenCode = ({ name, secret }: SignInCode): string =>
  (`${name}${secret}`.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');

/** As it was typed, with or without blanks and dashes; undefined where it is none. */
export const typedCode = (text: string): SignInCode | undefined => {
  const plain = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return TYPED.test(plain) ? { name: plain.slice(0, NAME), secret: plain.slice(NAME) } : undefined;
};
