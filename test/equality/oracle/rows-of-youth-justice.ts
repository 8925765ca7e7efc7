// Lists of youth justice, in which nobody is named (views.md, S7).
import { assessmentsOf, day, frameworkOf, inOrder, itemsOf, pick, type Row, stateOf, value } from './facts.ts';
import type { RowsOf } from './rows-of-advisers.ts';
import type { Item, Seen } from './sight.ts';
import { plusDays, text } from './told.ts';

/** As long as the order is in force. */
export const cases: RowsOf = (seen, { on }) =>
  itemsOf(seen, 'offence.noted')
    .filter(({ data }) => data['order'] !== undefined && (text(data, 'until') ?? on) >= on)
    .map(({ data }) => ({ ...pick(data, 'order', 'until'), ...riskOf(seen, on), ...conferencesOf(seen, on) }));

const riskOf = (seen: Seen, on: string): Row => {
  const risk = assessmentsOf(seen)
    .filter((one) => frameworkOf(one) === 'risk-of-reoffending' && day(one, 'assessedOn') <= on)
    .toSorted(inOrder((one) => day(one, 'assessedOn')))
    .at(-1);
  if (!risk) return { riskAssessedOn: null, riskValidUntil: null };
  const assessedOn = day(risk, 'assessedOn');
  return { riskAssessedOn: assessedOn, riskValidUntil: text(risk.data, 'validUntil') ?? plusDays(assessedOn, 90) };
};

const conferencesOf = (seen: Seen, on: string): Row => {
  const held = daysOf(seen, 'case-conference.held', on);
  const programme = itemsOf(seen, 'programme.started')
    .filter((one) => stateOf(seen, one, on) === 'running')
    .at(-1);
  const from = programme ? day(programme, 'startedOn') : '';
  const conferenceDue = programme && !held.some((one) => one >= from) ? plusDays(from, 28) : null;
  return {
    lastConferenceOn: held.at(-1) ?? null,
    conferenceDue,
    overdue: conferenceDue !== null && conferenceDue < on,
    programme: programme ? { of: programme.by, startedOn: from } : null,
    placementWithoutConference: daysOf(seen, 'placement.started', on).some(
      (placed) => placed >= from && !held.some((one) => one >= from && one <= placed),
    ),
  };
};

const daysOf = (seen: Seen, type: string, on: string): readonly string[] =>
  itemsOf(seen, type)
    .map((one) => day(one, 'on'))
    .filter((one) => one <= on)
    .toSorted();

/** Of several plans the last counts. */
export const releases: RowsOf = (seen, { on }) =>
  itemsOf(seen, 'release.planned')
    .slice(-1)
    .map((planned) => {
      const releaseOn = day(planned, 'on');
      const assessed = assessedBefore(seen, releaseOn, on);
      const [before, least] = [plusDays(releaseOn, -91), plusDays(planned.toldOn, 14)];
      const dueAssessment = before > least ? before : least;
      const referral = itemsOf(seen, 'referral.made')
        .filter(({ data, toldOn }) => data['to'] !== planned.data['from'] && toldOn <= on)
        .at(-1);
      return {
        ...pick(planned.data, 'from'),
        releaseOn,
        assessed: assessed ? { domain: value(assessed.data, 'domain'), on: value(assessed.data, 'assessedOn') } : null,
        dueAssessment,
        overdue: !assessed && dueAssessment < on && on <= releaseOn,
        referral: referral ? { ...pick(referral.data, 'to'), madeOn: referral.toldOn } : null,
      };
    });

const assessedBefore = (seen: Seen, releaseOn: string, on: string): Item | undefined =>
  assessmentsOf(seen)
    .filter((one) => frameworkOf(one) === 'initial' && day(one, 'assessedOn') <= on)
    .filter((one) => day(one, 'assessedOn') >= plusDays(releaseOn, -180) && day(one, 'assessedOn') <= releaseOn)
    .at(-1);
