// What a consent's life is made of, and what is found in it, in words and numbers.
import { counted, dayInWords, listed, written } from './lettering.ts';
import type { Cell, PictureTable } from './picture.ts';

export type ConsentStatus = 'given' | 'paused' | 'resumed' | 'renewed' | 'withdrawn' | 'expired' | 'refused';

export interface ReliedOn {
  readonly recipient: string;
  /** When each disclosure that relied on the consent was decided; instants, in order. */
  readonly disclosures: readonly string[];
  /** When it was told to stop using it; and the day of which it says that it did, so many days later. */
  readonly notice?: { readonly sentAt: string; readonly answered?: { readonly on: string; readonly days: number } };
}

export interface ConsentLife {
  /** What the axis spans; instants. */
  readonly from: string;
  readonly to: string;
  readonly statuses: readonly { readonly status: ConsentStatus; readonly at: string }[];
  readonly recipients: readonly ReliedOn[];
  /** From the receipt of the withdrawal until the last recipient's feed had lost it. */
  readonly stoppedAfterSeconds?: number;
  /** Where the disclosures of one recipient are listed. */
  readonly hrefOf?: (recipient: string) => string;
}

export const STATUS_WORDS: Readonly<Record<ConsentStatus, string>> = {
  given: 'given',
  paused: 'paused',
  resumed: 'resumed',
  renewed: 'renewed',
  withdrawn: 'withdrawn',
  expired: 'ended on its day',
  refused: 'refused',
};

export const withdrawalIn = ({ statuses }: ConsentLife): string | undefined =>
  statuses.findLast(({ status }) => status === 'withdrawn')?.at;
export const afterIn = ({ disclosures }: ReliedOn, withdrawn: string | undefined): number =>
  withdrawn === undefined ? 0 : disclosures.filter((at) => Date.parse(at) > Date.parse(withdrawn)).length;

export const findingOf = (life: ConsentLife): string => {
  const relying = life.recipients.filter(({ disclosures }) => disclosures.length > 0);
  const parts = relying.length === 0 ? ['Nobody relied on this consent'] : [reliedWords(relying)];
  if (life.stoppedAfterSeconds !== undefined) parts.push(`stopped ${written(life.stoppedAfterSeconds)} s after withdrawal`);
  const waiting = life.recipients.filter(({ notice }) => notice && notice.answered === undefined);
  const answered = life.recipients.flatMap(({ notice }) => notice?.answered?.days ?? []);
  if (waiting.length > 0) parts.push(`${counted(waiting.length, 'notice')} not answered`);
  else if (answered.length > 0) parts.push(acknowledgedWords(Math.max(...answered)));
  return `${parts.join('; ')}.`;
};

const acknowledgedWords = (days: number): string => `acknowledged ${days === 0 ? 'on the same day' : `in ${counted(days, 'day')}`}`;

const reliedWords = (relying: readonly ReliedOn[]): string =>
  listed(
    relying.map(
      ({ recipient, disclosures }, at) => `${recipient}${at === 0 ? ' relied on it' : ''} ${counted(disclosures.length, 'time')}`,
    ),
  );

export const tablesOf = (life: ConsentLife): readonly PictureTable[] => [
  {
    caption: 'Status of the consent',
    columns: [{ name: 'Status' }, { name: 'Since' }],
    rows: life.statuses.map(({ status, at }) => [STATUS_WORDS[status], dayInWords(at)]),
  },
  {
    caption: 'Who relied on it',
    columns: [
      { name: 'Recipient' },
      { name: 'Disclosures', isNumber: true },
      { name: 'Last' },
      { name: 'After withdrawal', isNumber: true },
      { name: 'Notice sent' },
      { name: 'Answered' },
      { name: 'Days', isNumber: true },
    ],
    rows: life.recipients.map((relied) => rowOf(relied, withdrawalIn(life))),
  },
];

const rowOf = (relied: ReliedOn, withdrawn: string | undefined): readonly Cell[] => {
  const { recipient, disclosures, notice } = relied;
  const last = disclosures.at(-1);
  const answered = notice?.answered;
  return [
    recipient,
    disclosures.length,
    last === undefined ? 'none' : dayInWords(last),
    afterIn(relied, withdrawn),
    notice ? dayInWords(notice.sentAt) : 'none',
    answered === undefined ? (notice ? 'waiting' : 'none') : dayInWords(answered.on),
    answered?.days ?? '',
  ];
};
