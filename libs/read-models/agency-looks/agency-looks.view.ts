// On which days somebody looked at what an agency told, and its staff at anything: decisions by agency and day (console.md, picture 6;
// ADR 66). What feeds send by themselves, and what learners look at of their own, is no look.
import { DISCLOSURE_CATEGORY, DISCLOSURE_DECIDED, type DisclosureDecided } from '#disclosure';
import { londonDate } from '#kernel';
import { ERASED, erasureIn, learnerOfDisclosures } from '#learner-file';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';

export const looked = table({
  name: 'looked',
  columns: {
    agency: 'text',
    /** London, when it was recorded. */
    day: 'text',
    position: 'integer',
    learner: 'text',
    /** 1: nothing was shown. */
    refused: 'integer',
  },
  key: ['agency', 'day', 'position'],
  indexes: [['learner'], ['agency', 'position']],
});

export const lookedDays = table({
  name: 'looked_days',
  columns: { agency: 'text', day: 'text', looks: 'integer', refused: 'integer' },
  key: ['agency', 'day'],
  totals: { of: 'looked', rows: 'looks' },
});

const OWN = 'operator:learner';
const isAgency = (recipient: string): boolean => !recipient.includes(':');

/** Whom an agency has nothing to do with it must not count: else a number that is somebody's would show beside one that is nobody's. */
const isLook = ({ route, asked, recipient, outcome }: DisclosureDecided): boolean =>
  route !== 'feed' && !asked.startsWith('existing:') && recipient !== OWN && outcome !== 'not-known';

/** Whose affair it is: of whoever asked, and of those whose data it showed. */
const agenciesIn = ({ recipient, given = [] }: DisclosureDecided): ReadonlySet<string> =>
  new Set([...(isAgency(recipient) ? [recipient] : []), ...given.map(([source]) => source)]);

const add = (event: ProjectedEvent, rows: RowWriter): void => {
  const decided = event.content<DisclosureDecided>();
  const { stream, position, recordedAt } = event.recorded;
  const learner = learnerOfDisclosures(stream);
  if (decided === undefined || learner === undefined || !isLook(decided)) return;
  const look = { day: londonDate(recordedAt), position, learner, refused: Number(decided.outcome !== 'answered') };
  for (const agency of agenciesIn(decided)) rows.put(looked, { agency, ...look });
};

const leaveOut = (event: ProjectedEvent, rows: RowWriter): void => {
  const { learner, category = DISCLOSURE_CATEGORY } = erasureIn(event.recorded) ?? {};
  if (learner !== undefined && category === DISCLOSURE_CATEGORY) rows.remove(looked, { learner });
};

export const agencyLooksView: Projector = {
  name: 'agency-looks',
  version: 1,
  tables: [looked, lookedDays],
  types: new Set([DISCLOSURE_DECIDED, ERASED]),
  apply: (event, rows) => (event.recorded.type === ERASED ? leaveOut(event, rows) : add(event, rows)),
};
