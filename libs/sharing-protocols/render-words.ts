// The language's short forms as words and Markdown that a reader of an agreement understands.
import type { Basis, Bearing, Delivery, Duty, DutyCondition, Fields, Level, Office, Share, To, When } from './language.ts';

/** Fit for a cell of a Markdown table: one line, no markup of its own. */
export const cell = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\|`*_<>[\]]/g, (mark) => `\\${mark}`);

export const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))].map((row) => `| ${row.join(' | ')} |`).join('\n');

export const orNone = (text: string): string => (text === '' ? 'None.' : text);

const UNITS: Readonly<Record<string, string>> = { Y: 'year', M: 'month', W: 'week', D: 'day', TH: 'hour', TM: 'minute', TS: 'second' };

/** `P1Y6M` as `1 year 6 months`; `P0D` as `the same day`. */
export const durationInWords = (duration: string): string => {
  const [days = '', time = ''] = duration.slice(1).split('T');
  const parts = (text: string, prefix: string): readonly string[] =>
    [...text.matchAll(/(\d+)([YMWDHS])/g)]
      .filter(([, count]) => Number(count) > 0)
      .map(([, count, unit]) => `${Number(count)} ${UNITS[`${prefix}${unit}`]}${Number(count) === 1 ? '' : 's'}`);
  return [...parts(days, ''), ...parts(time, 'T')].join(' ') || 'the same day';
};

const BEARINGS: Readonly<Record<'any' | Bearing, string>> = {
  any: 'any party',
  recipient: 'whoever received what it speaks of',
  source: 'the source of what it speaks of',
  asked: 'the agency asked',
};

export const rolesInWords = (roles: 'any' | Bearing | readonly string[]): string =>
  typeof roles === 'string' ? BEARINGS[roles] : roles.join(', ');

export const whenInWords = (when: When = {}): string =>
  Object.entries(when)
    .map(([fact, values]) => ` where ${fact} is ${values.join(' or ')}`)
    .join(' and');

const fieldsInWords = ({ only, except, ifSupplied, coarsen = {}, entries = {} }: Fields = {}): string =>
  [
    ...(only === undefined ? [] : [`only ${only.join(', ')}`]),
    ...(except === undefined ? [] : [`without ${except.join(', ')}`]),
    ...(ifSupplied === undefined ? [] : [`${ifSupplied.join(', ')} only if the recipient supplied it`]),
    ...Object.keys(coarsen).map((field) => `${field} by group only`),
    ...Object.entries(entries).map(([field, { by, except: left }]) => `${field} but those whose ${by} is ${left.join(' or ')}`),
  ].join('; ');

/** What of a share replaces the flow's own. */
const ownInWords = ({ level, fields, from, relationship, consent }: Share): readonly string[] => [
  level ?? '',
  fieldsInWords(fields),
  from === undefined ? '' : `from ${rolesInWords(from)}`,
  relationship === undefined ? '' : `to recipients being ${relationship.join(' or ')}`,
  consent === undefined ? '' : `consent ${consent}`,
];

export const shareInWords = (share: Share): string => {
  const { category, type, when, merged, sensitive } = share;
  const details = [
    merged === undefined ? '' : 'one, merged by the broker',
    ...ownInWords(share),
    sensitive === undefined ? '' : 'as for special-category data',
  ];
  const said = details.filter((detail) => detail !== '').join('; ');
  return `${category ?? type ?? ''}${whenInWords(when)}${said === '' ? '' : ` (${said})`}`;
};

const OFFICES: Readonly<Record<Office, string>> = {
  'data-manager': "the operator's data manager",
  'dpo-of': 'the data protection officer of the agency concerned',
  'dpo-partnership': 'the data protection officer of the partnership',
  operator: 'the operator',
  learner: 'the learner',
  public: 'everybody',
};

const narrowedInWords = ({ answers, since, notFrom, except, disguise, ownChoice }: To): readonly string[] => [
  ...(answers === undefined ? [] : ['answers to what is its own']),
  ...(since === undefined ? [] : ['of agencies to which it referred, about programmes begun since']),
  ...(notFrom === undefined ? [] : [`nothing from ${notFrom.join(', ')}`]),
  ...(except === undefined ? [] : [`without ${except.join(', ')}`]),
  ...(disguise === undefined ? [] : [`without source, a route ${disguise.join(' or ')} untold`]),
  ...(ownChoice === undefined ? [] : ['its own choice alone']),
];

/** Whom a flow serves, and of what is narrowed for them in brackets. */
export const toInWords = (to: To): string => {
  const { roles, office, relationship, namedIn, namedInWherePresent, withoutIdentity } = to;
  const narrowed = narrowedInWords(to);
  return [
    office === undefined ? roles.join(', ') : OFFICES[office],
    ...(relationship === undefined ? [] : [`being ${relationship.join(' or ')}`]),
    ...(namedIn === undefined ? [] : [`named in “${namedIn}”`]),
    ...(namedInWherePresent === undefined ? [] : [`named in “${namedInWherePresent}” where it is there`]),
    ...(withoutIdentity === true ? ['without identity'] : []),
    ...(narrowed.length === 0 ? [] : [`(${narrowed.join('; ')})`]),
  ].join(' ');
};

/** When a duty falls due, and from what. */
export const termInWords = (duty: Duty): readonly [due: string, from: string] => {
  const { within, after, by, less = 'P0D', every, from } = duty;
  if (every !== undefined) return [`within ${durationInWords(within)}`, `each ${durationInWords(every)} from ${from}`];
  if (by !== undefined) return [less === 'P0D' ? 'by that day' : `${durationInWords(less)} before it`, `${by}${conditionsInWords(duty)}`];
  return [within === 'P0D' ? 'the same day' : `within ${durationInWords(within)}`, `${after}${conditionsInWords(duty)}`];
};

const CONDITIONS: Readonly<Record<DutyCondition, string>> = {
  'on-programme': ', while on programme',
  'without-adviser': ', where there is no adviser',
};

const conditionsInWords = ({ when, while: condition, beforehand }: Duty): string =>
  `${whenInWords(when)}${condition === undefined ? '' : CONDITIONS[condition]}` +
  `${beforehand === undefined ? '' : ` (or done up to ${durationInWords(beforehand)} before)`}`;

export const basisInWords = ({ article6, article9, article10 }: Basis): string =>
  [
    article6 === 'none' ? 'Not personal data' : `Art 6(1)(${article6})`,
    ...(article9 === undefined ? [] : [`Art 9(2)(${article9})`]),
    ...(article10 === undefined ? [] : [`Art 10: ${article10}`]),
  ].join('; ');

const DELIVERIES: Readonly<Record<Delivery, string>> = {
  'on-request': 'on request',
  feed: 'by feed',
  'monthly-list': 'as a monthly list',
  aggregate: 'as counts',
};

export const formInWords = (level: Level, fields: Fields | undefined, delivery: readonly Delivery[], suppressBelow?: number): string =>
  [
    level,
    fieldsInWords(fields),
    delivery.map((one) => DELIVERIES[one]).join(', '),
    suppressBelow === undefined ? '' : `none below ${suppressBelow}`,
  ]
    .filter((part) => part !== '')
    .join('; ');
