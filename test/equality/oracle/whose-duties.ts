// Whose a duty is (views.md, part 4).
import type { Asked } from './asked.ts';
import { isOfRefusal, type Made } from './outcomes-of-duties.ts';
import { responsibleOn } from './passing.ts';
import type { Item, Question, Seen } from './sight.ts';
import { begunBy, endOf, ownerOf } from './things-of-duties.ts';
import { text } from './told.ts';

export interface Whose {
  readonly bearer: 'me' | 'others';
  readonly byFallback: boolean;
  /** For the asker its last day is that of whoever is responsible: as the bearer for nothing else, or as one of those who see it borne. */
  readonly isAdvisers: boolean;
}

/** Whom the event names; else the agency of the responsible adviser, the source of the programme, or whoever of the role said something. */
export const bornBy = (
  seen: Seen,
  asked: Asked,
  { trigger, term }: Made,
  { question, on }: { readonly question: Question; readonly on: string },
): Whose => {
  const isOf: IsOf = (agency, roles) => agency !== undefined && (question.rolesOf?.(agency) ?? []).some((role) => roles.includes(role));
  const named = namedIn(asked, trigger);
  const alone = aloneIn(asked, named, isOf) ?? linkedFor(asked, named, { question, on });
  if (alone !== undefined || asked.done.includes('referral.accepted'))
    return { bearer: alone === question.asker.slug ? 'me' : 'others', byFallback: false, isAdvisers: false };
  const left = trigger.type === 'learner.adviser-ended' && isOf(trigger.by, ['connexions']) ? [trigger.by] : [];
  return bornUnnamed(
    seen,
    asked.who,
    { others: othersOf(seen, asked, { trigger, term }, { isOf, on: question.on }), left },
    { question, on },
  );
};

const namedIn = (asked: Asked, trigger: Item): string | undefined =>
  isOfRefusal(asked, trigger) ? undefined : (text(trigger.data, 'to') ?? text(trigger.data, 'about'));

const aloneIn = ({ who }: Asked, named: string | undefined, isOf: IsOf): string | undefined => (isOf(named, who) ? named : undefined);

/** To find an adviser for whoever came to a provider is its link adviser's. */
const linkedFor = (
  { done }: Asked,
  named: string | undefined,
  { question, on }: { readonly question: Question; readonly on: string },
): string | undefined => (named !== undefined && done.includes('learner.adviser-assigned') ? question.linkOf?.(named, on) : undefined);

const bornUnnamed = (
  seen: Seen,
  who: Asked['who'],
  { others, left }: { readonly others: readonly (string | undefined)[]; readonly left: readonly string[] },
  { question, on }: { readonly question: Question; readonly on: string },
): Whose => {
  const { asker } = question;
  const adviser = responsibleOn(seen, question, on);
  const isAdviser = isServices(who, asker) && (adviser.agency ?? left[0]) === asker.slug;
  const besides = [...others, ...left];
  const isAlone = isAdviser && !besides.includes(asker.slug);
  const isAdvisers = isAlone || isNobodyElses(who, besides);
  return { bearer: isAdviser || others.includes(asker.slug) ? 'me' : 'others', byFallback: isAlone && adviser.byFallback, isAdvisers };
};

const isServices = (who: Asked['who'], { roles }: Question['asker']): boolean => [who, roles].every((one) => one.includes('connexions'));

const isNobodyElses = (who: Asked['who'], others: readonly unknown[]): boolean => others.length === 0 && who.includes('connexions');

type IsOf = (agency: string | undefined, roles: readonly string[]) => boolean;

/** Beside the adviser's agency; whose adviser left has the learner where nobody else has. */
const othersOf = (
  seen: Seen,
  { who, only }: Asked,
  { trigger, term }: Made,
  { isOf, on }: { readonly isOf: IsOf; readonly on: string },
): readonly (string | undefined)[] => {
  const [begun, source] = [
    begunBy(seen, term.due),
    trigger.data['programmeId'] === undefined ? trigger.by : ownerOf(seen, trigger, 'programmeId'),
  ];
  const running = begun.filter((start) => endOf(seen, start, on) === undefined);
  const runners = (running.length > 0 ? running : begun).map(({ by }) => by);
  return who
    .filter((role) => role !== 'connexions')
    .flatMap((role) => {
      if (!LEARNING.includes(role)) return seen.items.map(({ by }) => by).filter((agency) => isOf(agency, [role]));
      return (only === 'on-programme' ? runners : [source]).filter((agency) => isOf(agency, [role]));
    });
};

const LEARNING = ['provider', 'college', 'school'];
