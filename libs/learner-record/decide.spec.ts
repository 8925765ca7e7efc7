import { shippedCatalogue } from '#catalogue';
import type { Contribution } from '#contribution';
import { assessment, connexions, council, provider, school, told } from '#contribution/fixtures';
import { isConsentType } from '#consent';
import { isRecordType, type RecordType } from './decide.ts';
import { given, judge, NOTHING_KNOWN, rejection } from './fixtures/index.ts';

const choices = [{ agency: 'wulfrun-college', provision: 'A levels' }];
const offer = { offerId: 'o-1', cohort: '2026', provision: 'A levels' };

describe('every type about a learner', () => {
  const aboutLearners = shippedCatalogue().types.filter(({ subject }) => subject !== 'none');

  /** Judged where message ids are known: they name an event, not a thing. */
  const namesOwnEvent = ['record.retracted', 'withholding.stated', 'withholding.ended'];

  it.each(aboutLearners.map(({ short }) => short))('%s is judged by one feature', (short) => {
    const identity = short === 'learner.registered' || short === 'learner.corrected';
    expect([identity, isConsentType(short), isRecordType(short), namesOwnEvent.includes(short)].filter(Boolean)).toHaveLength(1);
  });

  it('and no other is', () => {
    const others = shippedCatalogue().types.filter(({ subject }) => subject === 'none');
    expect(others.filter(({ short }) => isRecordType(short))).toEqual([]);
    expect(isRecordType('toString')).toBe(false);
  });
});

describe('what begins something under an id', () => {
  const beginnings: readonly Contribution<RecordType>[] = [
    told(connexions, 'endorsement.given', { endorsementId: 'e-1', programmeKind: 'e2e', expectedLevel: 'level-1' }),
    told(provider, 'achievement.recorded', { achievementId: 'x-1', kind: 'accredited', title: 'CSCS', awardedOn: '2026-03-01' }),
    told(school, 'offer.made', offer),
    told(school, 'application.submitted', { applicationId: 'ap-1', choices }),
  ];

  it.each(beginnings)('$type is accepted once from one agency: reference-taken', (begin) => {
    expect(judge(begin, given(), NOTHING_KNOWN)).toEqual({ outcome: 'accepted' });
    expect(judge(begin, given(begin))).toMatchObject(rejection('reference-taken'));
    expect(judge(begin, given({ ...begin, source: 'another-agency' }), NOTHING_KNOWN)).toEqual({ outcome: 'accepted' });
  });
});

describe('an application sent again under its id', () => {
  const sent = told(school, 'application.submitted', { applicationId: 'ap-1', choices });
  const takenBack = { ...told(school, 'record.retracted', { of: 'm-1', reason: 'other' }), notes: { names: 0 } } as const;

  it('is taken once the former was taken back, as often as that happens', () => {
    expect(judge(sent, given(sent, takenBack))).toEqual({ outcome: 'accepted' });
    expect(judge(sent, given(sent, takenBack, sent))).toMatchObject(rejection('reference-taken'));
    expect(judge(sent, given(sent, takenBack, sent, { ...takenBack, notes: { names: 2 } }))).toEqual({ outcome: 'accepted' });
  });

  it('is not while the former stands, and says what to do', () => {
    const outcome = judge(sent, given(sent));
    expect(outcome.outcome === 'rejected' && outcome.rejection.says).toContain('record.retracted');
  });

  it('is none of another’s: nobody takes back what somebody else sent', () => {
    const another = { ...sent, source: 'another-school' };
    expect(judge(sent, given(another, sent))).toMatchObject(rejection('reference-taken'));
    expect(judge(another, given(sent, takenBack, sent), NOTHING_KNOWN)).toEqual({ outcome: 'accepted' });
  });
});

describe('what follows something by its id', () => {
  const following: readonly (readonly [Contribution<RecordType>, Contribution])[] = [
    [
      told(provider, 'endorsement.queried', { endorsementId: 'e-1', reason: 'Too low' }),
      told(connexions, 'endorsement.given', { endorsementId: 'e-1', programmeKind: 'e2e', expectedLevel: 'level-1' }),
    ],
    [told(provider, 'offer.accepted', offer), told(school, 'offer.made', offer)],
    [told(provider, 'offer.declined', offer), told(school, 'offer.made', offer)],
    [
      told(council, 'application.placed', { applicationId: 'ap-1', choices }),
      told(school, 'application.submitted', { applicationId: 'ap-1', choices }),
    ],
  ];

  it.each(following)('%#: accepted from one who may know of it, else unknown-reference', (contribution, begin) => {
    expect(judge(contribution, given(begin))).toEqual({ outcome: 'accepted', notes: { of: begin.source } });
    expect(judge(contribution, given(begin), NOTHING_KNOWN)).toMatchObject(rejection('unknown-reference'));
    expect(judge(contribution, given())).toEqual(judge(contribution, given(begin), NOTHING_KNOWN));
  });

  it('an endorsement rests on assessments that its source may know of', () => {
    const based = told(connexions, 'endorsement.given', {
      endorsementId: 'e-1',
      programmeKind: 'e2e',
      expectedLevel: 'level-1',
      basedOn: ['a-1'],
    });
    const first = told(provider, 'assessment.recorded', assessment({ assessmentId: 'a-1' }));
    expect(judge(based, given(first))).toEqual({ outcome: 'accepted' });
    expect(judge(based, given(first), NOTHING_KNOWN)).toMatchObject(rejection('unknown-reference'));
  });
});
