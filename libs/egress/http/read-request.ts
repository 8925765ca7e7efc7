// What a query must say before anything is looked at: its purposes, whom it is about, which page (contracts.md, HTTP).
import { Problem } from '#http';
import { type AskedPage, purposePattern } from '../egress.handlers.ts';

const PURPOSES = new RegExp(purposePattern());

/** The purposes that the `Purpose` header names, each known to a protocol of the partnership; 400 otherwise. */
export const purposesOf = (header: string | undefined, known: ReadonlySet<string>): readonly string[] => {
  const text = header ?? '';
  const named = [...new Set(text.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  if (named.length === 0) {
    throw new Problem(
      400,
      'purpose-missing',
      `Say what the data is for in a Purpose header, such as "Purpose: ${[...known][0] ?? 'plan-learning'}".`,
      {
        more: { purposes: [...known] },
      },
    );
  }
  if (!PURPOSES.test(text) || named.some((name) => !known.has(name))) {
    throw new Problem(
      400,
      'purpose-unknown',
      'The Purpose header names a purpose that no protocol of the partnership has; `purposes` lists those that are known.',
      {
        more: { purposes: [...known] },
      },
    );
  }
  return named;
};

/** Characters, of which some take two of UTF-16. */
const MAX_REF = 500;

/** `ref` of a lookup's body; 400 where there is none. */
export const refIn = (body: unknown): string => {
  const ref = typeof body === 'object' && body !== null && 'ref' in body ? body.ref : undefined;
  if (typeof ref === 'string' && ref !== '' && [...ref].length <= MAX_REF) return ref;
  throw new Problem(400, 'bad-request', 'Send a JSON object whose member `ref` names the learner: uln:…, local:… or your pseudonym.');
};

/** Shorter ones say nothing to whoever audits them (console.md, 9). */
const MIN_REASON = 10;
const MAX_REASON = 500;

/** `Concordat-Reason`, as text; 400 where it is too long, or too short. */
export const reasonOf = (header: string | undefined): { readonly reason?: string } => {
  if (header === undefined) return {};
  const reason = header.trim();
  if (reason.length >= MIN_REASON && reason.length <= MAX_REASON) return { reason };
  throw new Problem(400, 'bad-request', `Concordat-Reason takes a reason of ${MIN_REASON} to ${MAX_REASON} characters.`);
};

const DEFAULT_LIMIT = 200;
const MAX_LIMIT = 500;

/** `cursor` and `limit` of a paged query. What a cursor stands for is seen when it is opened. */
export const pageOf = ({ cursor, limit: asked }: { readonly cursor?: string; readonly limit?: string }): AskedPage => {
  const limit = asked === undefined ? DEFAULT_LIMIT : wholeNumber(asked);
  if (!(limit <= MAX_LIMIT))
    throw new Problem(400, 'limit-malformed', `limit takes a whole number from 1 to ${MAX_LIMIT}, in decimal digits.`);
  return { limit, ...(cursor === undefined ? {} : { cursor }) };
};

/** NaN where it is none from 1 on, written as people write it: Number() knows many more spellings. */
const wholeNumber = (text: string): number => (/^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN);
