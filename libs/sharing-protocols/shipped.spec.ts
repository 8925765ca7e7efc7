import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Contribution, Fields, Flow, Prohibition, Share, To, When } from './language.ts';
import { CLAUSES, PROHIBITIONS } from './fixtures/matrix-clauses.ts';
import { CONTRIBUTORS } from './fixtures/matrix-contributors.ts';
import type { MatrixClause } from './fixtures/matrix-words.ts';
import { smallProtocol } from './fixtures/small-protocol.ts';
import { READY_CLAUSES, READY_PROHIBITIONS } from './fixtures/matrix-ready.ts';
import { lintProtocol } from './lint.ts';
import { loadProtocols, protocolsReadyToSign, shippedProtocols } from './shipped.ts';

const whenText = (when: When = {}): string =>
  Object.entries(when)
    .map(([fact, values]) => `[${fact}=${values.join(',')}]`)
    .join('');
const rolesText = (from: string | readonly string[]): string => (typeof from === 'string' ? from : from.join(','));

const fieldsText = ({ only = [], except = [], ifSupplied = [], coarsen = {}, entries = {} }: Fields = {}): string =>
  [
    ...(only.length > 0 ? [` =${only.join(',')}`] : []),
    ...except.map((field) => ` -${field}`),
    ...ifSupplied.map((field) => ` ?${field}`),
    ...Object.entries(coarsen).map(([field, table]) => ` ${field}~${table}`),
    ...Object.entries(entries).map(([field, { by, except: left }]) => ` ${field}[${by}!=${left.join(',')}]`),
  ].join('');

const needsText = ({ relationship, consent, sensitive }: Share): string =>
  [
    relationship === undefined ? '' : `: ${relationship.join(',')}`,
    consent === undefined ? '' : `; ${consent}`,
    sensitive === true ? ' sensitive' : '',
  ].join('');

const shareText = ({ category, type, when, merged, level, fields, from, ...rest }: Share): string =>
  [
    `${merged === true ? 'merged ' : ''}${category ?? type ?? ''}${whenText(when)}`,
    level === undefined ? '' : ` ${level}`,
    fieldsText(fields),
    from === undefined ? '' : ` from ${rolesText(from)}`,
    needsText(rest),
  ].join('');

const narrowText = ({
  namedIn,
  namedInWherePresent,
  answers,
  since,
  notFrom,
  except,
  disguise,
  ownChoice,
  withoutIdentity,
}: To): readonly string[] => {
  const parts: Readonly<Record<string, string | undefined>> = {
    'named in': namedIn,
    'where present, named in': namedInWherePresent,
    answers,
    since,
    'not from': notFrom?.join(),
    without: except?.join(),
    disguise: disguise?.join(),
    'own choice': ownChoice === true ? '' : undefined,
    'without identity': withoutIdentity === true ? '' : undefined,
  };
  return Object.entries(parts).flatMap(([word, value]) => (value === undefined ? [] : [`${word} ${value}`.trim()]));
};

const toText = (to: To): string =>
  [
    `${to.office === undefined ? '' : `the ${to.office}`}${to.roles.join(',')}${to.relationship === undefined ? '' : `: ${to.relationship.join(',')}`}`,
    ...narrowText(to),
  ].join('; ');

const basisText = ({ article6, article9, article10 }: Flow['basis']): string =>
  [
    article6 === 'none' ? 'not personal' : `6(1)(${article6})`,
    ...(article9 === undefined ? [] : [`9(2)(${article9})`]),
    ...(article10 === undefined ? [] : ['10']),
  ].join(', ');

const clauseOf = ({
  share,
  from,
  to,
  for: purposes,
  basis,
  consent,
  level,
  fields,
  delivery,
  suppressBelow,
  unconfirmed,
}: Flow): MatrixClause => ({
  data: share.map(shareText),
  from: rolesText(from),
  to: to.map(toText),
  for: purposes.join(),
  basis: basisText(basis),
  ...(consent === undefined ? {} : { consent }),
  form: `${level}${fieldsText(fields)}; ${delivery.join(' ')}${suppressBelow === undefined ? '' : ` <${suppressBelow}`}${unconfirmed === true ? '; unconfirmed' : ''}`,
});

const prohibitionText = ({ id, share, from, to, aggregates }: Prohibition): string =>
  `${id}: ${share.map(shareText).join()} from ${rolesText(from)} to ${to.join()}${aggregates === true ? ' and aggregates' : ''}`;

const keysOf = ({ types, when = {} }: Contribution): readonly string[] => {
  const [condition] = Object.entries(when);
  return types.flatMap((type) => (condition === undefined ? [type] : condition[1].map((value) => `${type}[${condition[0]}=${value}]`)));
};

const wordsOf = ({ roles, namedIn, relationship }: Contribution): readonly string[] => [
  ...(typeof roles === 'string' ? [roles] : roles),
  ...(namedIn === undefined ? [] : [`(named-in-${namedIn})`]),
  ...(relationship === undefined ? [] : [`(${relationship})`]),
];

const protocols = shippedProtocols();
const named = (id: string): (typeof protocols)[number] | undefined => protocols.find((protocol) => protocol.id === id);

describe('the shipped protocols', () => {
  it('are those of the sharing matrix', () => {
    expect(protocols.map(({ id }) => id).sort()).toEqual(Object.keys(CLAUSES).sort());
  });

  it.each(Object.entries(CLAUSES))('%s permits what the matrix says, clause by clause', (id, clauses) => {
    expect(Object.fromEntries((named(id)?.flows ?? []).map((flow) => [flow.id, clauseOf(flow)]))).toEqual(clauses);
  });

  it('forbid what the matrix says', () => {
    const all = protocols
      .filter(({ prohibitions }) => prohibitions.length > 0)
      .map(({ id, prohibitions }) => [id, prohibitions.map(prohibitionText)]);
    expect(Object.fromEntries(all)).toEqual(PROHIBITIONS);
  });

  it('together let contribute what the matrix says, by whom it says', () => {
    const found = new Map<string, Set<string>>();
    for (const contribution of protocols.flatMap(({ contributions }) => contributions)) {
      for (const key of keysOf(contribution)) found.set(key, new Set([...(found.get(key) ?? []), ...wordsOf(contribution)]));
    }
    const rows = Object.entries(CONTRIBUTORS).map(([key, roles]) => [key, roles.split(' ').sort()]);
    expect(Object.fromEntries([...found].map(([key, roles]) => [key, [...roles].sort()]))).toEqual(Object.fromEntries(rows));
  });

  it('say that refusing consent alone bars nobody', () => {
    for (const { agreement } of protocols) {
      expect(agreement.accessAndRights).toContain('Refusing or withdrawing consent, alone, never bars anyone');
    }
  });

  it('are in force for past stories and reviewed in the future', () => {
    for (const { inForce, review } of protocols) {
      expect(inForce).toEqual({ from: '2020-01-01' });
      expect(review.due).toBe('2027-09-01');
    }
  });

  it('describe a purpose alike wherever it is served', () => {
    const sentences = new Map<string, Set<string>>();
    for (const { id, ...purpose } of protocols.flatMap(({ purposes }) => purposes)) {
      sentences.set(id, new Set([...(sentences.get(id) ?? []), JSON.stringify(purpose)]));
    }
    expect([...sentences].filter(([, texts]) => texts.size > 1)).toEqual([]);
  });
});

describe('the protocols that are ready to sign', () => {
  const ready = protocolsReadyToSign();

  it('permit and forbid what is written of them, clause by clause', () => {
    const clauses = ready.map(({ id, flows }) => [id, Object.fromEntries(flows.map((flow) => [flow.id, clauseOf(flow)]))]);
    expect(Object.fromEntries(clauses)).toEqual(READY_CLAUSES);
    const forbidden = ready.map(({ id, prohibitions }) => [id, prohibitions.map(prohibitionText)]);
    expect(Object.fromEntries(forbidden)).toEqual(READY_PROHIBITIONS);
  });

  it('are none of those that every partnership signs, and are clean beside them', () => {
    const shipped = new Set(protocols.map(({ id }) => id));
    expect(ready.filter(({ id }) => shipped.has(id))).toEqual([]);
    expect(ready.map((document) => [document.id, lintProtocol(document, { others: protocols })])).toEqual(ready.map(({ id }) => [id, []]));
    expect(ready.map((document) => [document.id, lintProtocol(document)])).toEqual(ready.map(({ id }) => [id, []]));
  });

  it('let nobody contribute what the matrix does not let them', () => {
    const allowed = (key: string): readonly string[] => (CONTRIBUTORS[key] ?? '').split(' ');
    const beyond = ready.flatMap(({ contributions }) =>
      contributions.flatMap((one) => {
        const roles = typeof one.roles === 'string' ? [one.roles] : one.roles;
        return keysOf(one).flatMap((key) => roles.filter((role) => !allowed(key).includes(role)).map((role) => [key, role]));
      }),
    );
    expect(beyond).toEqual([]);
  });

  it('speak to learners of each purpose as the others do, and bar nobody for refusing', () => {
    const sentences = new Map(protocols.flatMap(({ purposes }) => purposes.map((purpose) => [purpose.id, purpose] as const)));
    for (const { purposes, agreement } of ready) {
      expect(purposes.map((purpose) => [purpose.id, sentences.get(purpose.id) ?? purpose])).toEqual(purposes.map((one) => [one.id, one]));
      expect(agreement.accessAndRights).toContain('Refusing or withdrawing consent, alone, never bars anyone');
    }
  });
});

describe('loading protocols', () => {
  const directoryWith = (id: string, file: string, text: string): string => {
    const directory = mkdtempSync(join(tmpdir(), 'protocols-'));
    mkdirSync(join(directory, id));
    writeFileSync(join(directory, id, file), text);
    return directory;
  };

  it('gives each version, the first one first', () => {
    const directory = directoryWith('attendance', '10.yaml', stringify({ ...smallProtocol, version: 10 }));
    writeFileSync(join(directory, 'attendance', '2.yaml'), stringify({ ...smallProtocol, version: 2 }));
    writeFileSync(join(directory, 'attendance', 'notes.txt'), 'not a protocol');
    expect(loadProtocols(directory).map(({ version }) => version)).toEqual([2, 10]);
  });

  it('says where a document is faulty', () => {
    const directory = directoryWith('attendance', '1.yaml', stringify({ ...smallProtocol, version: 'one' }));
    expect(() => loadProtocols(directory)).toThrow('protocols/attendance/1.yaml:2:10: version: Give a whole number.');
  });

  it('refuses a document under another name', () => {
    const directory = directoryWith('presence', '1.yaml', stringify(smallProtocol));
    expect(() => loadProtocols(directory)).toThrow('protocols/presence/1.yaml says that it is attendance@1');
  });
});
