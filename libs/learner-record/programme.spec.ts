import { connexions, otherProvider, programme, provider, signedOff, type Teller, told } from '#contribution/fixtures';
import { ALL_KNOWN, given, judge, NOTHING_KNOWN, rejection } from './fixtures/index.ts';

const start = (by: Teller = provider, id = 'p-1') => told(by, 'programme.started', programme(id));
const id = { programmeId: 'p-1' };
const ofProvider = { notes: { of: 'heath-town-skills' } };

describe('starting a programme', () => {
  it('takes an id that the agency has not used, used by another or not', () => {
    expect(judge(start(), given(), NOTHING_KNOWN)).toEqual({ outcome: 'accepted' });
    expect(judge(start(), given(start(otherProvider)), NOTHING_KNOWN)).toEqual({ outcome: 'accepted' });
  });

  it('does not take one that it has used: reference-taken', () => {
    expect(judge(start(), given(start()))).toMatchObject(rejection('reference-taken'));
  });
});

describe.each([
  told(connexions, 'programme.signed-off', signedOff('p-1')),
  told(connexions, 'programme.queried', { ...id, reason: 'Too short' }),
  told(connexions, 'programme.agreed', { ...id, version: 2, objectives: ['Literacy'] }),
  told(connexions, 'attendance.concern', { ...id, on: '2026-02-01', kind: 'late' }),
  told(connexions, 'moving-on.planned', { ...id, aim: 'Apprenticeship', on: '2026-06-01' }),
  told(connexions, 'adviser.informed', { ...id, on: '2026-01-06' }),
  told(connexions, 'follow-up.made', { ...id, on: '2026-01-16', by: 'P. Adviser', outcome: 'Settled in' }),
  told(connexions, 'placement.sought', { ...id, occupation: 'Joiner', area: 'WV1' }),
  told(connexions, 'review.held', { ...id, reviewId: 'v-1', heldOn: '2026-02-02', attendees: ['learner'], summary: 'Well' }),
])('$type', (contribution) => {
  it('names a programme that its sender may know of, and notes whose', () => {
    expect(judge(contribution, given(start()))).toEqual({ outcome: 'accepted', ...ofProvider });
  });

  it('names its sender’s own first', () => {
    expect(judge(contribution, given(start(), start(connexions)), NOTHING_KNOWN)).toEqual({ outcome: 'accepted' });
  });

  it.each([
    ['unknown', given(), ALL_KNOWN],
    ['not for its sender to know of', given(start()), NOTHING_KNOWN],
  ])('is rejected where what it names is %s: unknown-reference, all alike', (_, state, knowledge) => {
    const outcome = judge(contribution, state, knowledge);
    expect(outcome).toMatchObject(rejection('unknown-reference'));
    expect(outcome).toEqual(judge(contribution, given()));
  });

  it('is rejected where it is of two that its sender may know of: ambiguous-reference, with whose', () => {
    expect(judge(contribution, given(start(), start(otherProvider)))).toMatchObject({
      rejection: { code: 'ambiguous-reference', candidates: ['forge-apprenticeships', 'heath-town-skills'] },
    });
  });

  it('names outright whose it says that it is', () => {
    const outright = { ...contribution, data: { ...contribution.data, of: provider.slug } } as typeof contribution;
    expect(judge(outright, given(start(otherProvider), start(), start(connexions)), NOTHING_KNOWN)).toEqual({
      outcome: 'accepted',
      ...ofProvider,
    });
    expect(judge(outright, given(start(otherProvider)))).toMatchObject(rejection('unknown-reference'));
  });

  it('names the one that has effect rather than one of an agency that does not stand', () => {
    const counts = ({ source }: { readonly source: string }) => source !== otherProvider.slug;
    expect(judge(contribution, given(start(otherProvider), start()), ALL_KNOWN, { counts })).toEqual({
      outcome: 'accepted',
      ...ofProvider,
    });
    expect(judge(contribution, given(start(otherProvider)), ALL_KNOWN, { counts })).toEqual({
      outcome: 'accepted',
      notes: { of: otherProvider.slug },
    });
  });

  it('is accepted from one that is told nothing of others, whatever exists; whose it means is noted where it can be one alone', () => {
    const told = [given(), given(start()), given(start(), start(otherProvider))].map((state) =>
      judge(contribution, state, ALL_KNOWN, { mayLookUp: false }),
    );
    expect(told).toEqual([{ outcome: 'accepted' }, { outcome: 'accepted', ...ofProvider }, { outcome: 'accepted' }]);
  });

  it('names the one of two that its sender may know of', () => {
    const knowledge = { ...NOTHING_KNOWN, mayKnow: ({ source }: { readonly source: string }) => source === provider.slug };
    expect(judge(contribution, given(start(otherProvider), start()), knowledge)).toEqual({ outcome: 'accepted', ...ofProvider });
  });
});
