// A consent's life, and how fast withdrawals took effect, as their pictures take them.
import type { ConsentLife as Drawn, ConsentStatus, ReliedOn } from '../pictures/consent-life-facts.ts';
import type { StopBites } from '../pictures/how-fast-stop-bites.ts';
import type { ConsentLife, Withdrawal } from './audit-answers.ts';
import { say } from './say.ts';

const DRAWN: Readonly<Record<string, ConsentStatus>> = {
  given: 'given',
  renewed: 'renewed',
  paused: 'paused',
  withdrawn: 'withdrawn',
  expired: 'expired',
  refused: 'refused',
  invalidated: 'refused',
};

export const pictured = (life: ConsentLife, now: number, words: Pick<typeof say, 'agency'> = say): Drawn => {
  const { bands, withdrawal } = life;
  return {
    from: bands[0]?.from ?? life.recordedAt,
    to: new Date(now).toISOString(),
    statuses: bands.map(({ status, from }, place) => ({ status: statusIn(bands[place - 1]?.status, status), at: from })),
    recipients: recipientsIn(life, words),
    ...(withdrawal?.seconds !== undefined && { stoppedAfterSeconds: withdrawal.seconds }),
  };
};

/** After a pause, given means that it was resumed. */
const statusIn = (before: string | undefined, status: string): ConsentStatus =>
  before === 'paused' && status === 'given' ? 'resumed' : (DRAWN[status] ?? 'refused');

const recipientsIn = ({ relied, withdrawal }: ConsentLife, words: Pick<typeof say, 'agency'>): readonly ReliedOn[] => {
  const notices = new Map((withdrawal?.notices ?? []).map((notice) => [notice.recipient, notice]));
  const recipients = new Set([...relied.map(({ recipient }) => recipient), ...notices.keys()]);
  return [...recipients].map((recipient) => {
    const notice = notices.get(recipient);
    const answered = notice?.acknowledgedOn === undefined ? {} : { answered: { on: notice.acknowledgedOn, days: notice.days } };
    const ticks = new Map(relied.filter((one) => one.recipient === recipient).map(({ position, at }) => [position, at]));
    return {
      recipient: words.agency(recipient),
      disclosures: [...ticks.values()],
      ...(notice !== undefined && { notice: { sentAt: notice.issuedAt, ...answered } }),
    };
  });
};

/** Within which a notice is to be answered. */
const DUTY_DAYS = 5;
const STATES = { acknowledged: 'answered', open: 'waiting', overdue: 'overdue' } as const;

/** `isPart`: there are other pages. */
export const stopsIn = (rows: readonly Withdrawal[], isPart: boolean, words: Pick<typeof say, 'agency'> = say): StopBites => ({
  seconds: rows.flatMap(({ seconds }) => seconds ?? []),
  waiting: rows.filter(({ seconds }) => seconds === undefined).length,
  isPart,
  acknowledgements: rows.flatMap(({ notices }) =>
    notices.map(({ recipient, days, state }) => ({ agency: words.agency(recipient), days, state: STATES[state] })),
  ),
  dutyDays: DUTY_DAYS,
});
