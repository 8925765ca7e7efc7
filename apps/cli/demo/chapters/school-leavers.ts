// The September Guarantee: leavers of St Chad's, what they applied for, and who has no offer yet.
import type { ApplicationChoice } from '#catalogue';
import type { Slug } from '../cast.ts';
import { person } from '../people.ts';
import type { Story } from '../story.ts';
import { Tale } from '../tale.ts';

type Fate = 'accepted' | 'declined' | 'waits for an answer' | 'no offer' | 'placed by the council';

interface Leaver {
  readonly name: string;
  readonly postcode: string;
  /** In order of preference; the first makes the offer. */
  readonly choices: readonly Slug[];
  readonly fate: Fate;
  /** CCIS code of what the learner wants to do. */
  readonly intends: string;
  readonly destination?: string;
}

const LEAVERS: readonly Leaver[] = [
  { name: 'Quentin Shaw', postcode: 'WV1 9KL', choices: ['wulfrun-college'], fate: 'accepted', intends: '230', destination: '230' },
  {
    name: 'Rosa Mendes',
    postcode: 'WV2 3MN',
    choices: ['wulfrun-college', 'st-chads-school'],
    fate: 'accepted',
    intends: '230',
    destination: '230',
  },
  { name: 'Samir Khan', postcode: 'WV3 4PQ', choices: ['forge-apprenticeships', 'wulfrun-college'], fate: 'accepted', intends: '310' },
  { name: 'Tara Bishop', postcode: 'WV1 1RS', choices: ['st-chads-school'], fate: 'accepted', intends: '210', destination: '210' },
  { name: 'Umar Farooq', postcode: 'WV2 7TU', choices: ['wulfrun-college'], fate: 'declined', intends: '230', destination: '619' },
  {
    name: 'Violet Adeyemi',
    postcode: 'WV3 2VW',
    choices: ['heath-town-skills', 'black-country-training'],
    fate: 'waits for an answer',
    intends: '310',
  },
  { name: 'Will Ashby', postcode: 'WV1 5XY', choices: ['forge-apprenticeships'], fate: 'placed by the council', intends: '310' },
  { name: 'Xanthe Cole', postcode: 'WV2 9ZA', choices: ['wulfrun-college', 'black-country-training'], fate: 'no offer', intends: '230' },
  { name: 'Yusuf Begum', postcode: 'WV3 6BD', choices: ['st-chads-school', 'wulfrun-college'], fate: 'no offer', intends: '210' },
  { name: 'Zoe Tranter', postcode: 'WV1 7CE', choices: [], fate: 'no offer', intends: '810' },
];

const FIRST_NUMBER = 101;
const SCHOOL = 'st-chads-school';

export const tellSchoolLeavers = (story: Story): readonly Tale[] =>
  LEAVERS.map((leaver, place) => {
    const tale = new Tale(story, person(FIRST_NUMBER + place, leaver.name, leaver.postcode));
    const day = 4 + place * 2;
    atSchool(tale, leaver, day);
    apply(tale, leaver, day + 20);
    answer(tale, leaver, day + 45);
    if (leaver.destination !== undefined) {
      tale.tell('connexions-north', 135, [
        'destination.recorded',
        { activity: leaver.destination, from: tale.date(128), verifiedOn: tale.date(134) },
      ]);
    }
    return tale;
  });

const cohortOf = (tale: Tale): string => tale.date(149).slice(0, 4);

const atSchool = (tale: Tale, { intends }: Leaver, day: number): void => {
  tale.register(SCHOOL, day);
  tale.tell(SCHOOL, day, [
    'programme.started',
    { programmeId: tale.id('course'), kind: 'school-course', title: 'Year 11', startedOn: tale.date(day), plannedEnd: tale.date(120) },
  ]);
  tale.tell(SCHOOL, day + 2, ['intention.recorded', { year: cohortOf(tale), intended: intends }]);
  tale.assess(SCHOOL, day + 3, { framework: 'screening', domain: 'literacy', level: 'level-1', summary: 'Screened with the whole year.' });
};

const provisionOf = (agency: Slug): string =>
  ({ 'wulfrun-college': 'BTEC Level 2, six subjects', 'st-chads-school': 'Sixth form' })[agency as string] ?? 'Apprenticeship, level 2';

const apply = (tale: Tale, { choices }: Leaver, day: number): void => {
  if (choices.length === 0) return;
  const listed: readonly ApplicationChoice[] = choices.map((agency) => ({
    agency,
    provision: provisionOf(agency),
    startsOn: tale.date(128),
  }));
  tale.tell(SCHOOL, day, ['application.submitted', { applicationId: tale.id('application'), choices: listed }]);
};

const answer = (tale: Tale, { choices: [first], fate }: Leaver, day: number): void => {
  if (first === undefined || fate === 'no offer') return;
  if (fate === 'placed by the council') return place(tale, first, day);
  const offer = { offerId: tale.id('offer'), cohort: cohortOf(tale), provision: provisionOf(first), startsOn: tale.date(128) };
  tale.tell(first, day, ['offer.made', offer]);
  if (fate === 'accepted') tale.tell(first, day + 9, ['offer.accepted', offer]);
  if (fate === 'declined') tale.tell(first, day + 9, ['offer.declined', offer]);
};

/** Nobody offered a place: the council, as broker, finds one, and the programme starts there. */
const place = (tale: Tale, agency: Slug, day: number): void => {
  const choice = { agency, provision: provisionOf(agency), startsOn: tale.date(day + 20) };
  tale.tell('wolverhampton-council', day, ['application.placed', { applicationId: tale.id('application'), choices: [choice] }]);
  tale.register(agency, day + 18);
  tale.tell(agency, day + 20, [
    'programme.started',
    {
      programmeId: tale.id('programme'),
      kind: 'apprenticeship',
      title: 'Apprenticeship: joinery',
      startedOn: tale.date(day + 20),
      plannedEnd: tale.date(day + 380),
    },
  ]);
};
