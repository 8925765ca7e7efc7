// What came of stopping, as recorded decisions and notices tell it.
import type { StandingConsent } from '#consent';
import type { DisclosureDecided } from '../decision-record.ts';
import { type StopsGround, stopsIn } from './stops.ts';

const STOPPED_AT = 5;
const stopped = {
  consent: { id: 'k-1', source: 'careers', revision: 1, categories: ['assessment'], recipients: ['provider'] },
  standing: 'withdrawn',
  paused: false,
  revision: STOPPED_AT,
} as unknown as StandingConsent;

const decided = (learner: number, more: Partial<DisclosureDecided>): DisclosureDecided =>
  ({
    recipient: 'forge',
    at: learner * 1000,
    learner,
    route: 'learner',
    outcome: 'answered',
    permitted: [],
    refused: [],
    ...more,
  }) as DisclosureDecided;
const byConsent = (items: readonly number[], id = 'careers/k-1') => [
  { clause: 'e2e-passport@1#EP3', level: 'full', basis: '6(1)(e)', consent: { id, revision: 1 }, items } as const,
];
const existence = (items: readonly number[]) => [{ clause: 'e2e-passport@1#EP4', level: 'existence', basis: '6(1)(e)', items } as const];

const CATEGORIES: Readonly<Record<number, string>> = { 2: 'assessment', 3: 'assessment' };
const ground = (...decisions: readonly DisclosureDecided[]): StopsGround => ({
  decisions,
  notices: [],
  rolesOf: (agency) => (agency === 'forge' || agency === 'anvil' ? ['provider'] : []),
  categoryOf: (item) => CATEGORIES[item],
});
const recipients = (...decisions: readonly DisclosureDecided[]) => stopsIn([stopped], ground(...decisions))[0]?.recipients;

describe('what came of stopping', () => {
  it('counts what rested on the consent before, and the noes after', () => {
    const told = recipients(
      decided(3, { permitted: byConsent([2, 3]) }),
      decided(4, { permitted: byConsent([2]) }),
      decided(6, { refused: [{ lacks: 'consent', items: [2, 3] }] }),
    );
    expect(told).toEqual([
      { agency: 'forge', seen: 2, lastSeen: 4000, refused: 1, lastRefused: 6000, shownSince: 0, knowsSince: false, feed: 'none' },
    ]);
  });

  it('tells of who was refused though it had seen nothing, if the consent had named it', () => {
    const refused = [{ lacks: 'consent' as const, items: [2] }];
    expect(recipients(decided(6, { recipient: 'anvil', refused }), decided(6, { recipient: 'council', refused }))).toMatchObject([
      { agency: 'anvil', seen: 0, refused: 1 },
    ]);
  });

  it('takes less than before for a no, and says that it knows', () => {
    expect(recipients(decided(3, { permitted: byConsent([2]) }), decided(6, { permitted: existence([2]) }))).toMatchObject([
      { refused: 1, shownSince: 0, knowsSince: true },
    ]);
  });

  it('does not hide that another ground shows as much', () => {
    const onwards = decided(6, { permitted: byConsent([2], 'careers/k-2') });
    expect(recipients(decided(3, { permitted: byConsent([2]) }), onwards)).toMatchObject([{ refused: 0, shownSince: 1 }]);
  });

  it('follows a feed from on its way to told to delete', () => {
    const sent = decided(3, { route: 'feed', permitted: byConsent([2, 3]), changes: { sent: [2, 3], withdrawn: [] } });
    const half = decided(6, { route: 'feed', changes: { sent: [], withdrawn: [2] } });
    const rest = decided(7, { route: 'feed', changes: { sent: [], withdrawn: [3] } });
    expect(recipients(sent)).toMatchObject([{ seen: 1, feed: 'on-its-way' }]);
    expect(recipients(sent, half)).toMatchObject([{ feed: 'on-its-way' }]);
    expect(recipients(sent, half, rest)).toMatchObject([{ feed: 'told-to-delete', toldToDelete: 7000 }]);
  });

  it('says nothing of items that the learner is not shown', () => {
    expect(recipients(decided(3, { permitted: byConsent([9]) }), decided(6, { refused: [{ lacks: 'consent', items: [9] }] }))).toEqual([]);
  });
});
