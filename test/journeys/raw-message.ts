// Messages of any form, right or wrong, signed by an agency of the town.
import { CompactSign } from 'jose';
import { signingKeyOf } from '#client';
import type { AgencySlug } from '#kernel';
import type { Town } from './town.ts';

/** JWS compact over exactly this text; `header` replaces members of the protected header. */
export const signText = async (
  town: Town,
  agency: AgencySlug,
  text: string,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> => {
  const { alg, kid, key } = await signingKeyOf(town.keyOf(agency).privateJwk);
  return new CompactSign(Buffer.from(text)).setProtectedHeader({ alg, kid, cty: 'cloudevents+json', ...header }).sign(key);
};

export const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** The message with other text in its protected header, its signature left as it was. */
export const withHeader = (jws: string, header: Readonly<Record<string, unknown>>): string => {
  const [, payload = '', signature = ''] = jws.split('.');
  return [base64url(JSON.stringify(header)), payload, signature].join('.');
};
