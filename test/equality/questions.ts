// What the oracle is asked, with what it knows of the town; and what is worked out of everybody.
import type { Row } from './oracle/facts.ts';
import type { WorkedOutOracle } from './oracle/lists.ts';
import { thingsFor } from './oracle/rows-of-things.ts';
import type { Question, Sight } from './oracle/sight.ts';
import { linkAdviserOf, type Town } from './oracle/standing.ts';
import type { Agency } from './oracle/told.ts';

interface Asks extends Pick<Question, 'asker' | 'on'> {
  readonly purposes: string;
}

export const questionOf = (town: Town, { purposes, ...asked }: Asks): Question => ({
  ...asked,
  purposes: purposes.split(', '),
  linked: linkedBy(asked.asker, town),
  linkOf: (provider, day) => linkAdviserOf(town, provider, day),
  rolesOf: (agency) => town.agencies.get(agency)?.roles ?? [],
  planning: town.planning,
});

/** Of everybody whom the asker has to do with. */
export const workedOutOf = (
  { rows }: WorkedOutOracle,
  question: Question,
  { sights, town }: { readonly sights: readonly Sight[]; readonly town: Town },
): readonly Row[] => {
  const { asker } = question;
  const applicants = sights
    .filter((sight) => sight.concerns(asker))
    .map((sight) => ({ seen: sight.of(question), localId: sight.person.localIds.get(asker.slug) }));
  return rows(applicants, thingsFor(town, asker), question);
};

const linkedBy = ({ slug }: Agency, { planning }: Town): readonly string[] =>
  planning.flatMap(({ type, by, data }) => (type === 'link-adviser.assigned' && by === slug ? [String(data['provider'])] : []));
