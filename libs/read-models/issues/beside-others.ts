// What is found of one agency's words beside those of another. Each other one is looked at by itself, so that whatever a third says takes
// nothing away: what an agency is told of rests on what it may see, and on nobody else's word (SECURITY.md, invariant 11). Pure.
import { addDays, type IsoDate, type Revision } from '#kernel';
import { lastingFindings, NEVER } from './lasting-findings.ts';
import type { Facts, RuleCode } from './rules.ts';

const COURSE = ['programme.started', 'programme.left-early', 'programme.moved-on'] as const;

/** Rules that compare what several agencies told, each with the types of what decides it. */
const COMPARED = {
  'start-before-14': ['learner.registered', 'learner.corrected'],
  'two-school-courses': COURSE,
  'destination-contradicts': [...COURSE, 'destination.recorded'],
  'achievement-twice': ['achievement.recorded'],
} as const satisfies { readonly [Code in RuleCode]?: readonly Facts[number]['type'][] };

type Compared = keyof typeof COMPARED;
const RULES = Object.keys(COMPARED) as readonly Compared[];

export interface BesideOthers {
  readonly rule: RuleCode;
  readonly at: Revision;
  /** All that may decide whether it is so, whoever told it. */
  readonly beside: readonly Revision[];
  readonly from: IsoDate;
  readonly to: IsoDate;
}

const decidingIn = (facts: Facts, rule: Compared, at: Revision): readonly Revision[] => {
  const thing = rule === 'achievement-twice' ? facts.find(({ place }) => place === at)?.thing : undefined;
  const decides = ({ type, place, ...fact }: Facts[number]): boolean =>
    place !== at && COMPARED[rule].some((one) => one === type) && (thing === undefined || fact.thing === thing);
  return facts.filter(decides).map(({ place }) => place);
};

type Days = Pick<BesideOthers, 'from' | 'to'>;

/** Those that overlap, or follow one another, are one. */
const united = (days: readonly Days[]): readonly Days[] =>
  days
    .toSorted((one, other) => (one.from < other.from ? -1 : 1))
    .reduce<readonly Days[]>((found, one) => {
      const last = found.at(-1);
      const goesOn = last !== undefined && (last.to === NEVER || one.from <= addDays(last.to, 1));
      return goesOn ? [...found.slice(0, -1), { from: last.from, to: one.to > last.to ? one.to : last.to }] : [...found, one];
    }, []);

/** Of one agency's events. */
export const besideOthersIn = (facts: Facts, agency: string): readonly BesideOthers[] => {
  const [own, others] = [facts.filter(({ source }) => source === agency), new Set(facts.map(({ source }) => source))];
  const isOwn = (place: Revision): boolean => own.some((fact) => fact.place === place);
  const found = [...others].flatMap((other) => {
    if (other === agency) return [];
    const all = lastingFindings(
      facts.filter(({ source }) => source === agency || source === other),
      RULES,
    );
    return all.filter(({ at, beside }) => isOwn(at) && !beside.every(isOwn));
  });
  return [...Map.groupBy(found, ({ rule, at }) => `${at} ${rule}`).values()].flatMap((same) => {
    const [{ rule, at } = { rule: undefined, at: 0 }] = same;
    const compared = RULES.find((one) => one === rule);
    if (compared === undefined) return [];
    const beside = decidingIn(facts, compared, at);
    return united(same).map(({ from, to }) => ({ rule: compared, at, beside, from, to }));
  });
};
