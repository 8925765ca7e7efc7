// The events by which an agency vouches for the ties of a roll, made so that sending the roll again does no harm.
import { createHmac } from 'node:crypto';
import type { JWK } from 'jose';
import type { AgencyEvent } from '#client';
import { type AgencySlug, type IsoDate, sourceOf } from '#kernel';
import type { RollRow } from './roll.ts';

export interface Voucher {
  readonly agency: AgencySlug;
  /** Its private signing key. */
  readonly key: JWK;
  /** On which it vouches; a day later the same roll vouches anew. */
  readonly day: IsoDate;
  readonly reason?: string;
}

const TYPE = 'uk.concordat.tie.confirmed.v1';
const PURPOSE = 'concordat tie.confirmed id';

/** The same of the same row on the same day: time and id follow from these alone. */
export const confirmationOf = ({ subject, agency, relationship }: RollRow, by: Voucher): AgencyEvent => {
  const data = {
    agency,
    ...(relationship === undefined ? {} : { relationship }),
    ...(by.reason === undefined ? {} : { reason: by.reason }),
  };
  return {
    specversion: '1.0',
    source: sourceOf(by.agency),
    id: `tie-${fingerprint(by, JSON.stringify([by.agency, by.day, subject, data]))}`,
    type: TYPE,
    subject,
    time: `${by.day}T00:00:00Z`,
    datacontenttype: 'application/json',
    data,
  };
};

/** Keyed, for whoever reads ids must not find out ULNs by trying them all. */
const fingerprint = ({ key }: Voucher, text: string): string =>
  createHmac('sha256', `${PURPOSE}\n${key.d ?? ''}`)
    .update(text)
    .digest('base64url');
