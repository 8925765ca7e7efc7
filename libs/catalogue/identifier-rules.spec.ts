// What ids, names, slugs and ULNs may look like.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueData, ShortType } from './index.ts';
import { findProtocols, shippedCatalogue } from './index.ts';

const catalogue = shippedCatalogue();
const example = <T extends ShortType>(short: T): CatalogueData[T] =>
  JSON.parse(readFileSync(join(findProtocols(), 'catalogue', 'examples', `${short}.v1.json`), 'utf8')) as CatalogueData[T];
const faults = (short: ShortType, data: unknown): readonly unknown[] => catalogue.byShort(short).validate(data);

describe('identifiers', () => {
  const refused = (short: ShortType, name: string, value: unknown): boolean =>
    faults(short, { ...example(short), [name]: value }).length > 0;

  const IDS = shippedCatalogue().types.flatMap(({ short, schema }) =>
    Object.entries(schema['properties'] as Readonly<Record<string, { readonly title?: string }>>).flatMap(([name, { title = '' }]) =>
      / id(entifier)? .*on one line, without blanks/.test(title) ? [[short, name] as const] : [],
    ),
  );

  it('ids are those of all kinds', () => {
    const names = new Set(IDS.map(([, name]) => name));
    const things = [
      'consentId',
      'programmeId',
      'reviewId',
      'referralId',
      'assessmentId',
      'placementId',
      'offerId',
      'applicationId',
      'endorsementId',
      'achievementId',
    ];
    const others = [
      'noticeId',
      'questionId',
      'complaintId',
      'vacancyId',
      'provisionId',
      'gapId',
      'findingId',
      'procedureId',
      'employerId',
      'staffId',
      'localId',
      'of',
    ];
    expect([...names]).toEqual(expect.arrayContaining([...things, ...others]));
  });

  it.each(IDS)('%s: %s has nothing in it that cannot be seen', (short, name) => {
    for (const id of ['r-1', 'a b', 'é', 'x'.repeat(100)]) expect(refused(short, name, id)).toBe(false);
    for (const id of [
      ' r-1',
      'r-1 ',
      'r-1\u00a0',
      'r\u00a01',
      'r\u200b1',
      'r\u00ad1',
      '\ufeffr',
      'r\t1',
      'r\u20281',
      'e\u0301',
      'r\ufe0f',
      '\u3164',
    ])
      expect(refused(short, name, id)).toBe(true);
  });

  it('an id has at most 200 characters, that of an event 255', () => {
    expect([200, 201].map((length) => refused('referral.accepted', 'referralId', 'x'.repeat(length)))).toEqual([false, true]);
    expect([255, 256].map((length) => refused('record.retracted', 'of', 'x'.repeat(length)))).toEqual([false, true]);
  });

  it.each(['learner.registered', 'learner.corrected'] as const)('%s: a name has something to see, on one line', (short) => {
    for (const name of ['O’Neill', 'Zoe\u0308', '李', 'R2']) expect(refused(short, 'givenName', name)).toBe(false);
    for (const name of ['', ' ', '\u00a0', '\u200b', '\u3164', '\u0301', 'A\nB', 'A\u2028B'])
      expect(refused(short, 'givenName', name)).toBe(true);
  });

  it("names whose id it means where that may be another agency's, and only there", () => {
    const types = catalogue.types.filter(({ schema, namesOwn }) => 'of' in (schema['properties'] as object) && namesOwn === undefined);
    expect(types.every(({ refersTo }) => refersTo.length > 0)).toBe(true);
    const own = ['assessment.rectified', 'programme.left-early', 'programme.moved-on', 'referral.withdrawn', 'vacancy.filled'];
    expect(catalogue.types.filter((type) => type.refersTo.length > 0 && !types.includes(type)).map(({ short }) => short)).toEqual(own);
  });

  it('agencies appear as slugs', () => {
    for (const to of ['Heath Town Skills', 'urn:concordat:agency:heath-town-skills', '-a', ''])
      expect(faults('referral.made', { ...example('referral.made'), to })).toHaveLength(1);
  });

  it('a ULN has ten digits; whether its check digit holds is judged apart', () => {
    const registered = example('learner.registered');
    expect(faults('learner.registered', { ...registered, uln: '1234567890' })).toEqual([]);
    expect(faults('learner.registered', { ...registered, uln: '123456789' })).toEqual([
      { pointer: '/uln', says: 'Give a Unique Learner Number: ten digits.' },
    ]);
  });
});
