import type { Contribution } from '#contribution';
import { college, connexions, council, person, provider, school, type Teller, yot } from '#contribution/fixtures';
import { after, applied, corrected, moved, page, referral, registered, registeredAnywhere, standingOf } from './fixtures/index.ts';
import { agrees, isPlainlyAnother, mergedIdentity, withheldFields } from './learner.ts';

type Story = readonly Contribution[];

const known = registered(connexions, { sex: 'female', contact: '01902 555 010' });
const byYot = registered(yot, { givenName: 'Chloe', postcode: 'WV1 2CD', contact: '07700 900 001' }, after(1));
const social: Teller = { slug: 'childrens-services', roles: ['social-services'] };

/** Where each field comes from, and its day. */
const fieldsOf = (story: Story, withServices = false): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...mergedIdentity(standingOf(story), { withServices })].map(([field, { revision, statedOn }]) => [
      field,
      `${revision} on ${statedOn}`,
    ]),
  );

describe('the merged identity', () => {
  it('is what the founder said', () => {
    const first = '0 on 2026-01-05';
    expect(fieldsOf([known])).toEqual({
      givenName: first,
      familyName: first,
      dateOfBirth: first,
      postcode: first,
      sex: first,
      contact: first,
    });
    expect(fieldsOf([])).toEqual({});
  });

  it('takes each field from the last that stands, with its day', () => {
    const story = [known, referral(school), registeredAnywhere(school, after(3))];
    expect(fieldsOf(story)).toMatchObject({ givenName: '2 on 2026-01-08', postcode: '0 on 2026-01-05', contact: '0 on 2026-01-05' });
  });

  it('holds a correction above a later registration', () => {
    const story = [known, corrected(connexions, { familyName: 'Byrne' }, after(1)), referral(school), registered(school, {}, after(9))];
    expect(fieldsOf(story)).toMatchObject({ familyName: '1 on 2026-01-06', givenName: '3 on 2026-01-14' });
  });

  it('has the postcode of the residence, which is the latest', () => {
    expect(fieldsOf([known, corrected(council, { postcode: 'WV1 9ZZ' }), moved(page, 'B3 1AA')])).toMatchObject({
      postcode: '2 on 2026-01-05',
    });
  });

  it('has nothing of whom nobody vouched for, until somebody does', () => {
    const stranger = [known, registered(provider, { givenName: 'Zoe', postcode: 'B3 1AA' }), corrected(provider, { contact: 'call me' })];
    expect(fieldsOf(stranger)).toEqual(fieldsOf([known]));
    expect(fieldsOf([...stranger, referral(provider)])).toMatchObject({ givenName: '1 on 2026-01-05', contact: '2 on 2026-01-05' });
  });

  it('has names, but no postcode, of those to whom the learner only applied', () => {
    const story = [known, applied(college, connexions), registered(college, { postcode: 'B3 1AA' })];
    expect(fieldsOf(story)).toMatchObject({ givenName: '2 on 2026-01-05', postcode: '0 on 2026-01-05' });
  });

  it.each([yot, social, { slug: 'young-offenders', roles: ['custody'] } as const])(
    'leaves out what %o stated, but for whom it is',
    (by) => {
      const story = [known, referral(by), registered(by, { givenName: 'Chloe', contact: '07700 900 001' }, after(1))];
      expect(fieldsOf(story)).toEqual(fieldsOf([known]));
      expect(fieldsOf(story, true)).toMatchObject({ givenName: '2 on 2026-01-06', contact: '2 on 2026-01-06' });
    },
  );

  it('is nothing where a service alone stated it', () => expect(fieldsOf([byYot])).toEqual({}));
});

describe('what was told to be withheld', () => {
  const hidden = corrected(connexions, { postcode: 'WV1 7HQ', contact: '07700 900 123', withheld: true }, after(1));

  it('is left out, and what it replaces too', () => {
    expect(fieldsOf([known, hidden])).not.toHaveProperty('postcode');
    expect(fieldsOf([known, hidden], true)).not.toHaveProperty('contact');
    expect(fieldsOf([known, hidden])).toHaveProperty('familyName');
  });

  it('moves the residence all the same', () => {
    const { residence } = standingOf([known, corrected(connexions, { postcode: 'B3 1AA', withheld: true })]);
    expect([...residence.agencies]).toEqual(['connexions-south']);
  });

  it('stays out when somebody registers the learner later: that may be the old one', () => {
    expect(fieldsOf([known, hidden, referral(school), registered(school, { contact: '01902 555 010' }, after(2))])).not.toHaveProperty(
      'contact',
    );
    expect(fieldsOf([known, hidden, referral(school), registered(school, {}, after(2))])).not.toHaveProperty('postcode');
  });

  it('stays out of what a service stated too', () => {
    const byService = [known, referral(yot), corrected(yot, { contact: '07700 900 123', withheld: true })];
    expect(fieldsOf(byService)).not.toHaveProperty('contact');
  });

  it('is shown again when a correction tells it', () => {
    const shown = corrected(connexions, { postcode: 'WV1 8AA', contact: '01902 555 011' }, after(3));
    expect(fieldsOf([known, hidden, shown])).toMatchObject({ postcode: '2 on 2026-01-08', contact: '2 on 2026-01-08' });
  });

  it('hides nothing by the word of one that does not stand', () => {
    expect(fieldsOf([known, corrected(provider, { contact: '07700 900 123', withheld: true })])).toEqual(fieldsOf([known]));
  });

  it('passes no clause in its source’s own statements, nor does what it replaces there', () => {
    const { statements } = standingOf([known, hidden, corrected(connexions, { contact: '01902 555 011' })]);
    const fields = statements.map((statement) => withheldFields(statements, statement));
    expect(fields).toEqual([['postcode', 'contact'], ['postcode', 'contact'], []]);
    const of = standingOf([known, hidden, registered(provider)]).statements;
    expect(of.map((statement) => withheldFields(of, statement))).toEqual([['postcode', 'contact'], ['postcode', 'contact'], []]);
  });
});

describe('the same person', () => {
  const standing = standingOf([known]);

  it.each([
    ['the same', person],
    ['another family name', { ...person, familyName: 'Byrne' }],
    ['another given name', { ...person, givenName: 'Zoe' }],
    ['another case', { ...person, givenName: 'CHLOË', familyName: 'x' }],
    ['no accent', { ...person, givenName: 'Chloe', familyName: 'x' }],
    ['an accent as a mark of its own', { ...person, givenName: 'Chloë'.normalize('NFD'), familyName: 'x' }],
    ['another apostrophe', { ...person, givenName: 'x', familyName: 'O’Neill' }],
    ['none, and a blank', { ...person, givenName: 'x', familyName: ' O neill ' }],
    ['full-width letters', { ...person, givenName: 'Ｃｈｌｏë', familyName: 'x' }],
  ])('is meant with %s', (_, told) => expect(agrees(standing, told)).toBe(true));

  it.each([
    ['both names others', { ...person, givenName: 'Zoe', familyName: 'Byrne' }],
    ['another birth date', { ...person, dateOfBirth: '2009-04-29' }],
    ['names exchanged', { ...person, givenName: "O'Neill", familyName: 'Chloë' }],
    ['names of marks alone', { ...person, givenName: '…', familyName: '-' }],
    ['half a name', { ...person, givenName: 'Chlo', familyName: 'Neill' }],
  ])('is not with %s', (_, told) => expect(agrees(standing, told)).toBe(false));

  it('is meant by what counts now, services’ word included, and not by a stranger’s', () => {
    const stranger = standingOf([known, corrected(provider, { givenName: 'Zoe', familyName: 'Byrne', dateOfBirth: '2001-01-01' })]);
    expect(agrees(stranger, person)).toBe(true);
    expect(agrees(stranger, { ...person, givenName: 'Zoe', dateOfBirth: '2001-01-01' })).toBe(false);
    const renamed = standingOf([known, corrected(connexions, { givenName: 'Zoe', familyName: 'Byrne' })]);
    expect(agrees(renamed, person)).toBe(false);
    expect(agrees(standingOf([byYot]), person)).toBe(true);
  });

  it('is meant by nobody’s empty name where nothing is known', () =>
    expect(agrees(standingOf([]), { ...person, givenName: '', familyName: '', dateOfBirth: '' })).toBe(false));
});

describe('another person under an agency’s own id', () => {
  const own = standingOf([registered(school)]).statements;
  const other = { givenName: 'Zoe', familyName: 'Byrne', dateOfBirth: '2010-10-10' };

  it('differs in the birth date and both names', () => expect(isPlainlyAnother(own, other)).toBe(true));

  it.each([
    ['the birth date', { dateOfBirth: person.dateOfBirth }],
    ['the given name', { givenName: 'chloe' }],
    ['the family name', { familyName: 'ONEILL' }],
  ])('is not plain where %s is the same', (_, same) => expect(isPlainlyAnother(own, { ...other, ...same })).toBe(false));

  it('is not plain where the agency said nothing before, or not all of it', () => {
    expect(isPlainlyAnother([], other)).toBe(false);
    const some = standingOf([known, corrected(provider, { localId: 'p-1', familyName: person.familyName })]).statements.slice(1);
    expect(isPlainlyAnother(some, other)).toBe(false);
    expect(isPlainlyAnother(own, { familyName: other.familyName, dateOfBirth: other.dateOfBirth })).toBe(false);
  });

  it('is told from what it corrected', () => {
    const renamed = standingOf([registered(school), corrected(school, { familyName: 'Byrne' })]).statements;
    expect(isPlainlyAnother(renamed, { ...other, familyName: 'Byrne' })).toBe(false);
    expect(isPlainlyAnother(renamed, { ...other, familyName: "O'Neill" })).toBe(true);
  });
});
