// What a link to a file says before it is pressed: how many rows it takes, and what that leaves behind (console.md, 3).

const MOST = '50,000';

export interface RowsOnPage {
  readonly rows: number;
  /** Whether there are pages before or after: there are no totals, so the page can only say that it is not all. */
  readonly goesOn: boolean;
}

/** `as`: what the rows will be, such as "recorded as seen by you". */
export const rowsTaken = ({ rows, goesOn }: RowsOnPage, as: string): string => {
  if (goesOn)
    return rows === 0
      ? `All pages, up to ${MOST} rows, will be ${as}.`
      : `More than ${counted(rows)}, all pages up to ${MOST}, will be ${as}.`;
  return `${counted(rows)} will be ${as}.`;
};

const counted = (rows: number): string => (rows === 1 ? '1 row' : `${rows.toLocaleString('en-GB')} rows`);
