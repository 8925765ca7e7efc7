// What is told of one learner: each agency uses its own id for the learner once it has one.
import type { AssessmentRecorded, CatalogueData, ConsentStated, Framework, ShortType } from '#catalogue';
import { CAST, type Slug } from './cast.ts';
import type { Person } from './people.ts';
import type { Story, Told } from './story.ts';

const initialsOf = (slug: Slug): string =>
  CAST[slug].name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('')
    .toUpperCase();

export interface Assessed {
  readonly framework: Framework;
  readonly domain: string;
  readonly level?: string;
  readonly summary: string;
  readonly supersedes?: AssessmentRecorded['supersedes'];
  readonly factors?: AssessmentRecorded['factors'];
}

const INSTRUMENTS: Readonly<Record<Framework, string>> = {
  apir: 'APIR framework',
  initial: 'BSA Initial Assessment',
  screening: 'Fast Track screening',
  'learning-style': 'VAK questionnaire',
  vocational: 'Occupational interest guide',
  'risk-of-failing': 'Risk checklist',
  'risk-of-reoffending': 'Asset',
};

export class Tale {
  readonly story: Story;
  readonly person: Person;
  readonly #localTo = new Set<Slug>();

  constructor(story: Story, person: Person) {
    this.story = story;
    this.person = person;
  }

  localId(agency: Slug): string {
    return `${initialsOf(agency)}-${1000 + this.person.number}`;
  }

  /** How the agency names the learner. */
  refOf(agency: Slug): string {
    return this.#localTo.has(agency) ? `local:${this.localId(agency)}` : `uln:${this.person.uln}`;
  }

  /** An id for a thing of this learner, as `referral-7`. */
  id(kind: string): string {
    return `${kind}-${this.person.number}`;
  }

  date(day: number): string {
    return this.story.date(day);
  }

  tell<Type extends ShortType>(
    by: Slug,
    day: number,
    what: readonly [Type, CatalogueData[Type]],
    expected: Told['expected'] = 'accepted',
  ): Told | undefined {
    return this.story.tell(by, day, what, { subject: this.refOf(by), expected });
  }

  register(
    by: Slug,
    day: number,
    { withUln = true, postcode = this.person.postcode }: { readonly withUln?: boolean; readonly postcode?: string } = {},
  ): void {
    const { givenName, familyName, dateOfBirth, uln } = this.person;
    this.#localTo.add(by);
    this.tell(by, day, [
      'learner.registered',
      { localId: this.localId(by), ...(withUln ? { uln } : {}), givenName, familyName, dateOfBirth, postcode },
    ]);
  }

  assess(by: Slug, day: number, { framework, domain, level, summary, supersedes, factors }: Assessed, expected?: Told['expected']): string {
    const assessmentId = `${by}-${framework}-${domain}-${this.person.number}-${day}`;
    const role = by.startsWith('connexions') ? 'personal-adviser' : 'tutor';
    const finding = {
      instrument: INSTRUMENTS[framework],
      assessedOn: this.date(day),
      assessor: { name: 'J. Marsh', role },
      outcome: { ...(level === undefined ? {} : { level }), summary },
      ...(factors === undefined ? {} : { factors }),
    };
    this.tell(
      by,
      day,
      ['assessment.recorded', { assessmentId, framework, domain, ...finding, ...(supersedes === undefined ? {} : { supersedes }) }],
      expected,
    );
    return assessmentId;
  }

  /** What a consent says, with what is particular about it. */
  consent(day: number, particular: Partial<ConsentStated>): ConsentStated {
    return {
      consentId: this.id('consent'),
      protocol: 'e2e-passport',
      purposes: ['plan-learning', 'support-learner'],
      categories: ['assessment', 'programme', 'review', 'achievement', 'circumstance'],
      recipients: ['connexions', 'provider', 'college'],
      givenBy: 'learner',
      method: 'signed-form',
      notice: { id: 'e2e-passport-notice', version: '3', language: this.person.number % 9 === 0 ? 'cy' : 'en' },
      validFrom: this.date(day),
      ...particular,
    };
  }
}
