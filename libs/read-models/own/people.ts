// Who helps the learner: advisers and key workers, as the learner's own file has them (console.md, 4.4).
import type { AdviserRole } from '#catalogue';
import type { AgencySlug, IsoDate } from '#kernel';
import { currentIn } from '../documents/index.ts';
import type { Assigned } from '../states/index.ts';
import { coded, day, groups, orNull, type SeenItems, text } from '../lists/index.ts';
import { ownPage, type OwnTerms } from './own-page.ts';

interface PersonRow {
  readonly role: string;
  readonly name: string | null;
  readonly agency: AgencySlug | null;
  readonly office: string | null;
  readonly contact: string | null;
  readonly since: IsoDate | null;
}

interface People {
  readonly rows: readonly PersonRow[];
}

const ADVISERS: readonly AdviserRole[] = ['personal-adviser', 'link-adviser', 'dedicated-adviser'];
const HELPERS: readonly AdviserRole[] = ['key-worker', 'mentor'];

const rowOf = ({ data, source, toldOn }: Assigned): PersonRow => ({
  role: data.role ?? '',
  ...orNull(data, 'name', 'office', 'contact'),
  agency: source ?? null,
  since: toldOn ?? null,
});

const peopleIn = (seen: SeenItems, { on, facts }: OwnTerms): People => {
  const assigned = seen.of('learner.adviser-assigned');
  const counting = assigned.filter(({ place }) => facts.counting.has(place));
  const advisers = ADVISERS.flatMap((role) => currentIn(seen, counting, role, on) ?? []);
  const bySource = [
    ...Map.groupBy(
      assigned.filter(({ confirmed }) => confirmed),
      ({ source }) => source,
    ).values(),
  ];
  const helpers = HELPERS.flatMap((role) => bySource.flatMap((some) => currentIn(seen, some, role, on) ?? []));
  return { rows: [...advisers, ...helpers].map(rowOf) };
};

export const ownPeople = ownPage<People>({
  name: 'own-people',
  path: 'people',
  says: 'Who helps the learner: adviser, link adviser, key worker, mentor, and how to reach them.',
  items: { types: ['learner.adviser-assigned', 'learner.adviser-ended', 'programme.started'], categories: ['adviser', 'programme'] },
  fields: {
    rows: groups<PersonRow>('Advisers first.', {
      role: coded(text('Role, such as personal-adviser.'), 'adviser-roles'),
      name: text('Name.'),
      agency: text('Slug of the agency.'),
      office: text('Office.'),
      contact: text('How to reach them.'),
      since: day('Day on which they were assigned.'),
    }),
  },
  content: peopleIn,
});
