// The documents of the E2E Passport as of a day that is past (views.md, V8).
import type { AnswerItem } from '#disclosure';
import { contentOf, type Said, seenItem } from '../fixtures/index.ts';
import { e2ePassport } from './e2e-passport.document.ts';

const careers = (short: string, data: object, more: Said = {}): AnswerItem => seenItem(short, { ...data }, { by: 'careers', ...more });

it('is as of its day, whatever is known of later ones', () => {
  const items = [
    careers('referral.made', { referralId: 'r', to: 'bct' }, { time: '2026-07-01T09:00:00Z' }),
    seenItem('referral.accepted', { referralId: 'r' }, { time: '2026-07-10' }),
    seenItem('programme.started', { programmeId: 'p', startedOn: '2026-07-20' }),
    seenItem('programme.agreed', { programmeId: 'p', version: '1' }, { time: '2026-08-10' }),
    careers('programme.signed-off', { programmeId: 'p', signedOn: '2026-08-12', signedBy: { name: 'Sam' } }),
    careers('programme.queried', { programmeId: 'p', reason: 'hours' }, { time: '2026-08-14T09:00:00Z' }),
    seenItem('review.held', { reviewId: 'v', programmeId: 'p', heldOn: '2026-08-20' }),
    seenItem('programme.moved-on', { programmeId: 'p', on: '2026-09-10' }),
    seenItem('placement.started', { placementId: 'w', programmeId: 'p', employer: 'Castings', on: '2026-08-15' }),
    seenItem('placement.ended', { placementId: 'w', on: '2026-08-25' }),
    seenItem('achievement.recorded', { achievementId: 'a', title: 'Food safety', level: 'level-1', awardedOn: '2026-08-18' }),
    seenItem('achievement.recorded', { achievementId: 'b', title: 'First aid', level: 'level-1', awardedOn: '2026-09-11' }),
  ];
  const said = (on: string): object => contentOf(e2ePassport, items, { on });
  expect(said('2026-06-30')).toMatchObject({ referral: [] });
  expect(said('2026-07-09')).toMatchObject({ referral: [{ answer: null, answeredOn: null }] });
  expect(said('2026-08-09')).toMatchObject({
    referral: [{ answer: 'accepted' }],
    programme: [{ version: null, signedOff: null, queried: null, endedOn: null, primary: true }],
    reviews: [],
    placements: [],
    achievements: [],
    movingOn: null,
  });
  expect(said('2026-08-20')).toMatchObject({
    placements: [{ placementId: 'w', startedOn: '2026-08-15', endedOn: null }],
    achievements: [{ achievementId: 'a' }],
  });
  expect(said('2026-09-10')).toMatchObject({
    programme: [{ version: '1', signedOff: { by: 'Sam', version: '1' }, queried: 'hours', endedOn: '2026-09-10', primary: false }],
    reviews: [{ reviewId: 'v' }],
    placements: [{ endedOn: '2026-08-25' }],
    achievements: [{ achievementId: 'a' }],
    movingOn: { on: '2026-09-10' },
  });
});
