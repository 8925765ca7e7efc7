// Who is responsible for a learner (views.md, part 4; sharing-matrix.md, adviser-for).
import { said, started } from './fixtures/index.ts';
import { type DutyEvent, Responsibility, SOMEBODY_ELSE } from './index.ts';

const assigned = (by: string, role = 'personal-adviser'): DutyEvent =>
  said(by, 'learner.adviser-assigned', '2026-07-01', { name: 'Sam', role });
const ended = (by: string, role = 'personal-adviser'): DutyEvent =>
  said(by, 'learner.adviser-ended', '2026-07-02', { role, on: '2026-07-02' });
const responsible = (...events: readonly DutyEvent[]) =>
  new Responsibility(
    events.map((event, place) => ({ ...event, place })),
    (provider) => (provider === 'bct' ? 'link' : undefined),
    () => true,
  ).on('2026-10-01')?.agency;

it.each<readonly [says: string, events: readonly DutyEvent[], agency: string | undefined]>([
  ['the last personal adviser', [assigned('north'), assigned('south')], 'south'],
  ['the personal adviser, though a dedicated one came later', [assigned('north'), assigned('yot', 'dedicated-adviser')], 'north'],
  ['the personal adviser, though a link adviser came later', [assigned('north'), assigned('south', 'link-adviser')], 'north'],
  ['a dedicated adviser before a link adviser', [assigned('south', 'link-adviser'), assigned('yot', 'dedicated-adviser')], 'yot'],
  ['who was handed the learner, when the one before ends its own', [assigned('north'), assigned('south'), ended('north')], 'south'],
  ['nobody who was displaced, when the one after ends', [assigned('north'), assigned('south'), ended('south')], undefined],
  [
    'the dedicated adviser who is left',
    [assigned('care', 'dedicated-adviser'), assigned('yot', 'dedicated-adviser'), ended('yot', 'dedicated-adviser')],
    'care',
  ],
  ['the link adviser of where the learner is, where nobody is left', [started(), assigned('north'), ended('north')], 'link'],
  [
    'somebody else, where another agency has the place of one’s own',
    [assigned('north', 'link-adviser'), { ...assigned('north'), displaced: { since: '2026-10-01' } }],
    SOMEBODY_ELSE,
  ],
  ['one’s own until another has the place', [{ ...assigned('north'), displaced: { since: '2026-10-02' } }], 'north'],
  [
    'the link adviser, once the other has ended, too',
    [started(), { ...assigned('north'), displaced: { since: '2026-09-01', until: '2026-10-01' } }],
    'link',
  ],
  [
    'the link adviser still, where another agency left one of its own of that id',
    [started(), said('hts', 'programme.left-early', '2026-08-01', { programmeId: 'p-1', leftOn: '2026-08-01' })],
    'link',
  ],
  ['nobody by the word of who does not stand', [{ ...assigned('mallory'), confirmed: false }], undefined],
])('is %s', (_, events, agency) => {
  expect(responsible(...events)).toBe(agency);
});
