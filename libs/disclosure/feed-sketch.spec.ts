import type { Contribution } from '#contribution';
import { college, connexions, consent, otherProvider, provider, school, told, yot } from '#contribution/fixtures';
import { evolveNotice, type LearnerFile } from '#learner-file';
import { fileAfter, register } from '#learner-file/fixtures';
import { after, assigned, noted, referral, registered } from '#learners/fixtures';
import { knownIn, type LearnerAtMoment } from './decide-answer.ts';
import { sketchOf, withItems } from './feed-snapshot.ts';
import type { InForce } from './in-force.ts';

const ALL = [connexions, provider, otherProvider, college, school, yot];
const STORY: readonly Contribution[] = [
  registered(connexions),
  assigned(connexions),
  referral(provider),
  told(connexions, 'consent.given', consent('c-1')),
];

const momentOf = (file: LearnerFile): LearnerAtMoment => ({
  file,
  revision: STORY.length,
  at: after(1).at,
  linkAdvisers: new Map(),
  inForce: { register, agencies: ALL } as unknown as InForce,
});
const nobodyHolds = (): boolean => false;
const sketch = (file: LearnerFile, held: (agency: string) => boolean = nobodyHolds) => sketchOf(momentOf(file), held);

describe('a sketch of a learner', () => {
  const file = fileAfter(STORY);

  it('names who has to do with the learner, by ties or by what was said, and nobody else', () => {
    expect(sketch(file).recipients).toEqual([connexions.slug, provider.slug]);
    expect(sketch(fileAfter([...STORY, noted(yot)])).recipients).toEqual([connexions.slug, provider.slug, yot.slug]);
  });

  it('names who holds something, and who has a notice to answer', () => {
    expect(sketch(file, (agency) => agency === college.slug).recipients).toContain(college.slug);
    const notice = {
      noticeId: 'n-1',
      recipient: otherProvider.slug,
      reason: 'withdrawal' as const,
      consentId: 'c-1',
      items: [3],
      issuedAt: after(1).at,
      due: '2026-02-01',
      duty: 'e2e-passport@1#ED6',
    };
    expect(sketch(evolveNotice(file, notice)).recipients).toEqual([connexions.slug, provider.slug, otherProvider.slug]);
  });

  it('names whose items there are, and of which categories, the merged identity among them', () => {
    expect(sketch(file)).toMatchObject({ sources: [connexions.slug], categories: ['identity', 'adviser', 'referral', 'consent'] });
    expect(sketch(fileAfter([])).categories).toEqual(['identity']);
  });

  it('grows by what is new alone, and is the same where that adds nothing', () => {
    const before = sketch(file);
    const [, ...more] = itemsOf(fileAfter([...STORY, noted(yot)]));
    expect(withItems(before, more)).toEqual({
      recipients: [connexions.slug, provider.slug, yot.slug],
      sources: [connexions.slug, yot.slug],
      categories: [...before.categories, 'circumstance'],
    });
    expect(withItems(before, itemsOf(file))).toBe(before);
  });
});

const itemsOf = (file: LearnerFile) => knownIn(momentOf(file)).items;
