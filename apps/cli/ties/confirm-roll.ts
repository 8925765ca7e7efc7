// Sends a roll in parts and keeps what became of each row, also where the broker goes away in between.
import type { Receipt } from '#client';
import type { RollRow } from './roll.ts';

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
