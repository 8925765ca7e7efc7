// By when a recipient has to say what it did with data of which it was told: as a protocol under which it had them says, else within a
// week.
import type { Role, ShortType } from '#catalogue';
import { addDays, type IsoDate } from '#kernel';
import type { Duty, ProtocolInForce } from '#sharing-protocols';

const OTHERWISE = 'P7D';
const ACKNOWLEDGED = 'notice.acknowledged';
const DURATION =
  /^P(?:(?<years>\d+)Y)?(?:(?<months>\d+)M)?(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+)S)?)?$/;

export interface Due {
  /** The last day. */
  readonly due: IsoDate;
  /** `protocol@version#duty`, where a protocol in force says so. */
  readonly duty?: string;
}

/** Who is told, of what. */
export interface NoticeContext {
  readonly roles: readonly Role[];
  /** The event that a duty to answer follows. */
  readonly after: ShortType | undefined;
  /** Ids of the protocols that permitted it, or to which the learner had consented. */
  readonly protocols: readonly string[];
}

/** `from`: the day on which the recipient is told. */
export const dueDay = (from: IsoDate, told: NoticeContext, inForce: readonly ProtocolInForce[]): Due => {
  for (const { document } of inForce) {
    const duty = told.protocols.includes(document.id) ? document.duties.find((one) => isToAnswer(one, told)) : undefined;
    if (duty) return { due: dayAfter(from, duty.within), duty: `${document.id}@${document.version}#${duty.id}` };
  }
  return { due: dayAfter(from, OTHERWISE) };
};

const isToAnswer = ({ after, dischargedBy, who }: Duty, told: NoticeContext): boolean =>
  after === told.after && dischargedBy.includes(ACKNOWLEDGED) && who.some((role) => told.roles.includes(role));

/**
 * The day when an ISO 8601 duration from that day is over; hours begun count as a day. A month later than the 31st is the last of that
 * month.
 */
export const dayAfter = (from: IsoDate, duration: string): IsoDate => {
  const { years, months, weeks, days, hours, minutes, seconds } = DURATION.exec(duration)?.groups ?? {};
  const time = count(hours) * 3600 + count(minutes) * 60 + count(seconds);
  return addDays(monthsAfter(from, 12 * count(years) + count(months)), 7 * count(weeks) + count(days) + Math.ceil(time / 86_400));
};

const count = (digits: string | undefined): number => Number(digits ?? 0);

const monthsAfter = (from: IsoDate, months: number): IsoDate => {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth))).toISOString().slice(0, 10);
};
