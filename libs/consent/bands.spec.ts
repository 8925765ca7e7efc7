import type { Contribution } from '#contribution';
import { connexions, consent, NOON, provider, told, yot } from '#contribution/fixtures';
import { type ConsentBand, consentBands } from './bands.ts';
import { given, groundsWith, without } from './fixtures/index.ts';
import type { Grounds } from './grounds.ts';

const DAY = 86_400_000;
const day = (number: number): number => NOON + number * DAY;
const change = { consentId: 'c-1', by: 'learner' };
const give = told(connexions, 'consent.given', consent('c-1', { expires: '2026-01-20' }));
const pause = told(connexions, 'consent.paused', change);
const resume = told(connexions, 'consent.resumed', change);
const renew = told(connexions, 'consent.renewed', { ...change, expires: '2026-02-20' });
const withdraw = told(connexions, 'consent.withdrawn', change);

/** Each event a day after the one before. */
const bandsOf = (story: readonly Contribution[], now: number, grounds: Grounds = groundsWith()): readonly ConsentBand[] => {
  const state = given(...story);
  const [first] = state.consents;
  if (first === undefined) throw new Error('A consent is given.');
  return consentBands(state, first, { grounds, recordedAt: day, now });
};

describe('the bands of a consent', () => {
  it('follow what was recorded of it, without a gap', () => {
    expect(bandsOf([give, pause, resume, withdraw], day(9))).toEqual([
      { status: 'given', from: day(0), until: day(1) },
      { status: 'paused', from: day(1), until: day(2) },
      { status: 'given', from: day(2), until: day(3) },
      { status: 'withdrawn', from: day(3) },
    ]);
  });

  it('end with the last day of the consent, in London, and go on where it is renewed', () => {
    const over = Date.parse('2026-01-21T00:00:00Z');
    expect(bandsOf([give], day(30))).toEqual([
      { status: 'given', from: day(0), until: over },
      { status: 'expired', from: over },
    ]);
    expect(bandsOf([give], day(10))).toEqual([{ status: 'given', from: day(0) }]);
    expect(bandsOf([give, renew], day(30))).toEqual([
      { status: 'given', from: day(0), until: day(1) },
      { status: 'renewed', from: day(1) },
    ]);
    expect(bandsOf([give, withdraw], day(30)).at(-1)).toEqual({ status: 'withdrawn', from: day(1) });
  });

  it('are untouched by who does not stand', () => {
    const stranger = told(yot, 'consent.withdrawn', change, { notes: { of: connexions.slug } });
    expect(bandsOf([give, stranger], day(5), without(yot))).toEqual([{ status: 'given', from: day(0) }]);
  });

  it('are one of nothing where the learner had said no before', () => {
    const other = told(provider, 'consent.given', consent('k-2'));
    const no = told(provider, 'consent.withdrawn', { consentId: 'k-2', by: 'learner' }, { at: NOON + DAY });
    const state = given(other, no, give);
    const late = state.consents.find(({ id }) => id === 'c-1');
    if (late === undefined) throw new Error('It was given.');
    expect(consentBands(state, late, { grounds: groundsWith(), recordedAt: day, now: day(3) })).toEqual([
      { status: 'invalidated', from: day(2) },
    ]);
  });
});
