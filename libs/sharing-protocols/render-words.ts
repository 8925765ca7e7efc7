// The language's short forms as words and Markdown that a reader of an agreement understands.
import type { Basis, Delivery, Fields, Level, Share, To, When } from './language.ts';

/** Fit for a cell of a Markdown table: one line, no markup of its own. */
export const cell = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').trim().replaceAll(/[\\|`*_<>[\]]/g, (mark) => `\\${mark}`);

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

export const rolesInWords = (roles: 'any' | 'recipient' | readonly string[]): string => {
  if (roles === 'any') return 'any party';
  return roles === 'recipient' ? 'whoever received what it speaks of' : roles.join(', ');
};

export const whenInWords = (when: When = {}): string =>
  Object.entries(when)
    .map(([fact, values]) => ` where ${fact} is ${values.join(' or ')}`)
    .join(' and');

export const fieldsInWords = ({ only, except, ifSupplied }: Fields = {}): string =>
  [
    ...(only === undefined ? [] : [`only ${only.join(', ')}`]),
    ...(except === undefined ? [] : [`without ${except.join(', ')}`]),
    ...(ifSupplied === undefined ? [] : [`${ifSupplied.join(', ')} only if the recipient supplied it`]),
  ].join('; ');

export const shareInWords = ({ category, type, when, level, fields, from }: Share): string => {
  const details = [...(level === undefined ? [] : [level]), fieldsInWords(fields), from === undefined ? '' : `from ${rolesInWords(from)}`];
  const said = details.filter((detail) => detail !== '').join('; ');
  return `${category ?? type ?? ''}${whenInWords(when)}${said === '' ? '' : ` (${said})`}`;
};

export const toInWords = ({ roles, office, relationship, namedIn, withoutIdentity }: To): string =>
  [
    office === undefined ? roles.join(', ') : `the operator's ${office}`,
    ...(relationship === undefined ? [] : [`being ${relationship.join(' or ')}`]),
    ...(namedIn === undefined ? [] : [`named in “${namedIn}”`]),
    ...(withoutIdentity === true ? ['without identity'] : []),
  ].join(' ');

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
