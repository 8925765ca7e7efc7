// Sends a roll in parts and keeps what became of each row, also where the broker goes away in between.
import { createHmac } from 'node:crypto';
import type { JWK } from 'jose';
import type { AgencyEvent, Receipt } from '#client';
import { type AgencySlug, type IsoDate, sourceOf } from '#kernel';
import type { RollRow } from './roll.ts';

// The events by which an agency vouches for the ties of a roll, made so that sending the roll again does no harm.

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

export interface ConfirmedRow {
  readonly row: RollRow;
  readonly receipt: Receipt;
}

export interface ConfirmedRoll {
  readonly rows: readonly ConfirmedRow[];
  /** Why the rest was not sent. */
  readonly broke?: unknown;
}

/** Who takes it: a broker over HTTP, or its data directory. */
export interface RollSender<Said> {
  send(said: readonly Said[]): Promise<readonly Receipt[]>;
}

export interface RollToSend<Said> {
  readonly rows: readonly RollRow[];
  readonly eventOf: (row: RollRow) => Said;
  /** After each part: how many rows have their receipts. */
  readonly told: (sent: number) => void;
}

/** As many as one signed batch holds. */
const PART = 500;

export const confirmRoll = async <Said>(sender: RollSender<Said>, { rows, eventOf, told }: RollToSend<Said>): Promise<ConfirmedRoll> => {
  const done: ConfirmedRow[] = [];
  try {
    for (let from = 0; from < rows.length; from += PART) {
      const part = rows.slice(from, from + PART);
      const receipts = await sender.send(part.map(eventOf));
      done.push(...part.flatMap((row, place) => pairOf(row, receipts[place])));
      told(done.length);
    }
  } catch (broke) {
    return { rows: done, broke };
  }
  return { rows: done };
};

const pairOf = (row: RollRow, receipt: Receipt | undefined): readonly ConfirmedRow[] => (receipt === undefined ? [] : [{ row, receipt }]);
