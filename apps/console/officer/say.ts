// Words for what the broker tells in codes, and a decision in sentences (console.md, /dpo/decisions/{position}).
import { type NameOf, nameInWords } from '../broker/agency-names.ts';
import { londonDay } from '../pictures/lettering.ts';
import { inCapitals } from '../words/abbreviations.ts';
import type { AuditedItem, Decision, Permitted, Refused } from './audit-answers.ts';

const spaced = (code: string): string => inCapitals(code.replaceAll('-', ' '));
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const OFFICES: Readonly<Record<string, string>> = {
  'operator:dpo-partnership': 'The partnership’s data protection officer',
  'operator:data-manager': 'The data manager',
  'operator:operator': 'The operator',
  'operator:learner': 'The learner',
};
const OFFICER_OF = 'operator:dpo-of:';

/** Of an agency's slug, or of an office. */
const agencyBy =
  (nameOf: NameOf) =>
  (slug: string): string => {
    const office = OFFICES[slug];
    if (office !== undefined) return office;
    if (slug.startsWith(OFFICER_OF)) return `The data protection officer of ${nameOf(slug.slice(OFFICER_OF.length))}`;
    return nameOf(slug);
  };

const code = (text: string): string => capital(spaced(text));
/** Lists of codes. */
const codes = (list: readonly string[]): string => capital(list.map(spaced).join(', '));

const LACKS: Readonly<Record<string, string>> = {
  relationship: 'a relationship with the learner that a clause names',
  unconfirmed: 'somebody to vouch for its relationship',
  'not-named': 'being named in it',
  'not-answering': 'being the one who answers',
  'before-referral': 'a referral before it',
  restricted: 'a restriction to be lifted',
  objected: 'an objection to be decided otherwise',
  consent: 'the learner’s consent',
  'explicit-consent': 'the learner’s explicit consent, with evidence',
  prohibited: 'any clause that outweighs a prohibition',
  'no-clause': 'a clause for it, for that purpose',
  'not-taking-part': 'taking part in the partnership',
};
const lack = (text: string): string => LACKS[text] ?? spaced(text);

const ROUTES: Readonly<Record<string, string>> = {
  learner: 'asked about the learner',
  feed: 'by its feed',
  list: 'in a list',
  aggregate: 'in a report',
  look: 'looked at the records of sharing',
};
const route = (text: string): string => ROUTES[text] ?? spaced(text);

const kind = ({ type }: Pick<AuditedItem, 'type'>): string => spaced(type.replace('.', ' '));

const RELATIONSHIPS: Readonly<Record<string, string>> = {
  'known-to': 'knew the learner',
  'referred-to': 'was the one the learner was referred to',
  'referrer-of': 'referred the learner, who was taken on',
  'made-referral': 'made a referral of the learner',
  'enrolled-with': 'had the learner enrolled',
  'adviser-for': 'advised the learner',
  'link-for-provider': 'was link adviser of the learner’s provider',
  'link-for-standing-provider': 'was link adviser of the learner’s provider',
  'home-institution': 'was the learner’s school or college',
  'applied-to': 'was applied to',
  'resident-area': 'served the area where the learner lived',
};
const relationship = (text: string): string => RELATIONSHIPS[text] ?? spaced(text);

const clause = (text: string): string => {
  if (text === 'own') return 'it recorded that itself';
  const [protocol = '', name = ''] = text.split('#', 2);
  return `clause ${name} of ${spaced(protocol.replace(/@(\d+)$/, ', version $1'))}`;
};

const categoriesIn = (items: readonly AuditedItem[]): string => [...new Set(items.map(({ category }) => spaced(category)))].join(', ');

const permitSentence = (who: string, { items, clause: on, level, basis, consent, purpose }: Permitted): string => {
  const shown = level === 'existence' ? 'was told that there is' : 'was shown';
  const because = on === 'own' ? 'because it recorded that itself' : `because ${clause(on)} lets it, on basis ${basis}`;
  const what = purpose === undefined ? '' : ` for ${spaced(purpose)}`;
  const relied = consent === undefined ? '' : `, with consent ${consent.id} (revision ${consent.revision})`;
  return `${who} ${shown} ${categoriesIn(items)}${what} ${because}${relied}.`;
};

const refusalSentence = (who: string, { items, lacks, clause: on }: Refused): string => {
  const nearest = on === undefined ? '' : ` The nearest was ${clause(on)}.`;
  return `${who} was refused ${categoriesIn(items)}, for want of ${lack(lacks)}.${nearest}`;
};

const OUTCOMES: Readonly<Record<string, string>> = {
  answered: 'Answered',
  'not-permitted': 'Refused',
  'not-known': 'Refused: nothing to do with the learner',
};
const outcome = (text: string): string => OUTCOMES[text] ?? code(text);

const looked = (who: string, { at: _, ...decision }: Decision): string =>
  decision.outcome === 'answered'
    ? `${who} looked at the records of sharing: ${spaced(decision.asked)}.`
    : `${who} asked to look, and was refused.`;

/** Who asked, for what, and what came of each kind of item. */
const sentencesBy = (agency: (slug: string) => string, decision: Decision): readonly string[] => {
  const { recipient, staff, purposes, permitted, refused, withdrawn, route: way } = decision;
  const who = staff === undefined ? agency(recipient) : `${agency(recipient)} (${staff})`;
  if (way === 'look') return [looked(who, decision)];
  const why = purposes === 'any' || purposes.length === 0 ? '' : ` for ${purposes.map(spaced).join(' and ')}`;
  const first = way === 'feed' ? `${who} was sent what changed for it.` : `${who} asked for ${spaced(decision.asked)}${why}.`;
  const nothing = permitted.length + refused.length + withdrawn.length === 0 ? [`${outcome(decision.outcome)}.`] : [];
  return [
    first,
    ...permitted.map((group) => permitSentence(who, group)),
    ...refused.map((group) => refusalSentence(who, group)),
    ...(withdrawn.length === 0 ? [] : [`${who} was told to delete ${categoriesIn(withdrawn)}.`]),
    ...nothing,
  ];
};

/** Those of a decision, by agreement: `e2e-passport@1: EP1, EP4`. */
const clausesBriefly = (decision: Pick<Decision, 'permitted'>): readonly string[] => {
  const named = clauses(decision).map((text) => text.split('#', 2));
  const agreements = Map.groupBy(named, ([agreement = '']) => agreement);
  return [...agreements].map(([agreement, list]) => {
    const names = list.flatMap(([, name]) => name ?? []);
    return names.length === 0 ? agreement : `${agreement}: ${names.join(', ')}`;
  });
};

/** Each once. */
const clauses = ({ permitted }: Pick<Decision, 'permitted'>): readonly string[] => [...new Set(permitted.map((group) => group.clause))];
const consents = ({ permitted }: Pick<Decision, 'permitted'>): readonly string[] => [
  ...new Set(permitted.flatMap((group) => group.consent?.id ?? [])),
];
const bases = ({ permitted }: Pick<Decision, 'permitted'>): readonly string[] => [...new Set(permitted.map(({ basis }) => basis))];
type Groups = readonly { readonly items: readonly AuditedItem[] }[];
const categories = (groups: Groups): string => codes([...new Set(groups.flatMap(({ items }) => items.map(({ category }) => category)))]);

/** The first eight characters; the whole stands on the learner's page. */
const short = (learner: string): string => learner.replace(/^psn:/, '').slice(0, 8);

const count = (number: number, one: string, many = `${one}s`): string => `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;

const DAY_MS = 86_400_000;
const dayAt = (instant: string | number): number => Date.parse(`${londonDay(new Date(instant).toISOString())}T00:00:00Z`);

/** Beside a day by which something was due, in London's days: "3 days overdue"; empty until it is over. */
const late = (due: string, now: number): string => {
  const days = Math.round((dayAt(now) - dayAt(due)) / DAY_MS);
  return days > 0 ? `${count(days, 'day')} overdue` : '';
};

const STATUS_TAGS: Readonly<Record<string, string>> = {
  given: 'govuk-tag--green',
  renewed: 'govuk-tag--green',
  paused: 'govuk-tag--yellow',
  withdrawn: 'govuk-tag--red',
  refused: 'govuk-tag--red',
};
const tag = (status: string): string => STATUS_TAGS[status] ?? 'govuk-tag--grey';

/** With agencies by such names. */
export const sayFor = ({ nameOf }: { readonly nameOf: NameOf }): typeof say => ({
  ...say,
  agency: agencyBy(nameOf),
  sentences: (decision) => sentencesBy(agencyBy(nameOf), decision),
});

export const say = {
  agency: agencyBy(nameInWords),
  capital,
  code,
  codes,
  lack,
  route,
  kind,
  relationship,
  clause,
  outcome,
  sentences: (decision: Decision): readonly string[] => sentencesBy(agencyBy(nameInWords), decision),
  clauses,
  clausesBriefly,
  consents,
  bases,
  categories,
  short,
  count,
  late,
  tag,
} as const;
