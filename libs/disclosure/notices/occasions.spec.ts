import type { Contribution, Notes } from '#contribution';
import { assessment, connexions, consent, NOON, person, provider, recorded, school, type Teller, told } from '#contribution/fixtures';
import { emptyFile, evolveFile, FileStanding, type LearnerFile } from '#learner-file';
import { mayBeOccasion, occasionsIn, type Shown } from './occasions.ts';

type Given = Contribution & { readonly notes?: Notes };

const AREAS = {
  covers: () => new Set<string>(),
  shareDistrict: () => false,
  sameEntity: (a: string, b: string) => a === b,
  kinOf: () => [],
  rolesOf: () => [],
};
const apart = { notes: { lacks: 'standing' } } as const;

const fileOf = (...given: readonly Given[]): LearnerFile => recorded(...given).reduce(evolveFile, emptyFile('learner-1'));
const known = (...given: readonly Given[]): FileStanding =>
  new FileStanding(fileOf(...given), { now: NOON, today: '2026-01-05', areas: AREAS, linkAdvisers: new Map() });
const occasions = (...given: readonly Given[]) => occasionsIn(known(...given), ({ revision }) => revision);

const registered = told(connexions, 'learner.registered', person);
const assessed = told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1' }));
const SCOPE = { categories: ['assessment'], purposes: ['plan-learning'], recipients: ['provider'] } as const;
const restricted = told(connexions, 'restriction.requested', { scope: SCOPE, reason: 'Disputed' });
const objected = (by: Teller) => told(by, 'objection.raised', { scope: SCOPE, reason: 'No' });
const upheld = told(connexions, 'objection.decided', { scope: SCOPE, reason: 'Weighed', outcome: 'upheld', grounds: 'Well founded' });

const shown: Shown = {
  category: 'assessment',
  recipient: 'heath',
  recipientRoles: ['provider'],
  basis: '6(1)(e)',
  purpose: 'plan-learning',
  item: 1,
  decidedAt: 1,
};

describe('a withdrawal', () => {
  const given = told(connexions, 'consent.given', consent('c-1'));
  const withdrawn = told(connexions, 'consent.withdrawn', { consentId: 'c-1', by: 'learner' });

  it('concerns what was shown under that consent of that agency', () => {
    const [only, ...more] = occasions(registered, given, withdrawn);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ reason: 'withdrawal', key: `${connexions.slug}/c-1`, consent: { id: 'c-1', protocol: 'e2e-passport' } });
    const under = (id: string): boolean | undefined => only?.concerns({ ...shown, consent: { id, revision: 1 } });
    expect([under(`${connexions.slug}/c-1`), under(`${provider.slug}/c-1`), only?.concerns(shown)]).toEqual([true, false, false]);
  });

  it('by somebody who does not stand is none, though it may come to be one', () => {
    const stranger = told(provider, 'consent.withdrawn', { consentId: 'c-1', by: 'learner', of: connexions.slug }, apart);
    expect(occasions(registered, given, stranger)).toEqual([]);
    expect([mayBeOccasion(fileOf(registered, given, stranger)), mayBeOccasion(fileOf(registered, given))]).toEqual([true, false]);
  });
});

describe('a restriction', () => {
  it.each([
    ['what is in its scope', {}, true],
    ['the same on another ground', { basis: '6(1)(a)' }, true],
    ['another category', { category: 'review' }, false],
    ['another purpose', { purpose: 'support-learner' }, false],
    ['recipients of another role', { recipientRoles: ['college'] }, false],
    ['a legal obligation', { basis: '6(1)(c), 9(2)(g)' }, false],
  ])('%s: %o, concerned: %s', (_which, more, is) => {
    const [only] = occasions(registered, restricted);
    expect(only).toMatchObject({ reason: 'restriction', key: '1' });
    expect(only?.concerns({ ...shown, ...more })).toBe(is);
  });

  it('leaves safeguarding alone', () => {
    const [only] = occasions(registered, told(connexions, 'restriction.requested', { scope: {}, reason: 'All' }));
    expect([only?.concerns(shown), only?.concerns({ ...shown, purpose: 'safeguard' })]).toEqual([true, false]);
  });
});

describe('an objection', () => {
  it('concerns the public task alone, once it is upheld', () => {
    expect(occasions(registered, objected(connexions))).toEqual([]);
    const [only] = occasions(registered, objected(connexions), upheld);
    expect(only?.reason).toBe('objection');
    expect([only?.concerns(shown), only?.concerns({ ...shown, basis: '6(1)(c)' })]).toEqual([true, false]);
    expect(occasions(registered, { ...objected(school), ...apart }, upheld)).toEqual([]);
  });
});

describe('what its source set right or took back', () => {
  it('concerns whoever was shown it before that took effect', () => {
    const rectified = told(connexions, 'assessment.rectified', { assessmentId: 'a-1', reason: 'Miscounted' });
    const [only] = occasions(registered, assessed, rectified);
    expect(only).toMatchObject({ reason: 'rectification', key: '2' });
    expect([only?.concerns(shown), only?.concerns({ ...shown, decidedAt: 2 }), only?.concerns({ ...shown, item: 0 })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('concerns whoever was shown what is retracted', () => {
    const retracted = told(connexions, 'record.retracted', { of: 'm-1', reason: 'entered-in-error' }, { notes: { names: 1 } });
    const [only, ...more] = occasions(registered, assessed, retracted, retracted);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ reason: 'retraction', key: '1' });
    expect([only?.concerns(shown), only?.concerns({ ...shown, item: 0 })]).toEqual([true, false]);
  });
});
