// Who is who (contracts.md, Registering): identifiers link, contradictions and likenesses go to the data manager,
// nobody is merged silently.
import {
  DATA_QUALITY,
  LINK_CONFLICT_FOUND,
  type LinkConflictFound,
  MATCH_KEY_SEEN,
  type MatchKeySeen,
  openAliased,
  readClear,
} from '#learner-file';
import { keysOf } from '#privacy';
import { fixedClock, type LearnerId } from '#kernel';
import { fresh, registration, Town, ulnOf } from './town.ts';
import { about, MORNING } from './told.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING) });
});
afterAll(() => town.close());

let learners = 0;
const newUln = (): string => ulnOf(++learners);
type Event = ReturnType<typeof registration>;

/** The code or outcome of each. */
const codesOf = async (agency: string, ...events: readonly Event[]): Promise<readonly string[]> =>
  (await town.send(agency, ...events)).map(({ outcome, problem }) => problem?.code ?? outcome);
/** Whom a ref names for an agency: its pseudonym, and the broker's own name behind that. */
const whois = async (agency: string, ref: string): Promise<LearnerId | undefined> => {
  const { body } = await town.passport(agency, 'plan-learning', ref);
  return body.learner === undefined ? undefined : town.node.pseudonyms.resolve(agency, body.learner);
};

const withoutUln = (localId: string, more: Partial<Extract<Event, { type: 'learner.registered' }>['data']> = {}): Event => ({
  type: 'learner.registered',
  subject: `local:${localId}`,
  data: { localId, givenName: 'Zoë', familyName: "O'Hara", dateOfBirth: '2009-01-02', postcode: 'WV1 1AA', ...more },
});
const conflicts = async (): Promise<readonly LinkConflictFound[]> => {
  const events = await town.node.store.readStream(DATA_QUALITY);
  return events.filter(({ type }) => type === LINK_CONFLICT_FOUND).map(({ payload }) => readClear<LinkConflictFound>(payload));
};
/** Pairs of learners who may be one. */
const suspicions = async (): Promise<readonly (readonly LearnerId[])[]> => {
  const events = await town.node.store.readAll({ limit: 100_000 });
  const recorded = events.filter(({ type }) => type === MATCH_KEY_SEEN);
  const keys = await keysOf(town.node.vault, recorded);
  const seen = recorded.flatMap((event) => openAliased<MatchKeySeen>(event, keys) ?? []);
  return seen.flatMap(({ learner, suspects }) => suspects.map((suspect) => [suspect, learner]));
};
const pair = (...ids: readonly (LearnerId | undefined)[]): readonly unknown[] => [...ids].sort();

describe('a ULN', () => {
  it('that is known links the local id of another agency to the same learner, and updates identity', async () => {
    const uln = newUln();
    await town.tell('careers', registration(uln, 'c-1'));
    await town.tell('wulfrun', registration(uln, 'col-1', { familyName: 'Newname' }));
    const id = await whois('careers', 'local:c-1');
    expect(id).toBeDefined();
    expect(await whois('wulfrun', 'local:col-1')).toBe(id);
    expect(await whois('wulfrun', `uln:${uln}`)).toBe(id);
    expect(await whois('wulfrun', 'local:c-1')).toBeUndefined();
  });

  it('may be registered again by the same agency, under the same local id or a further one', async () => {
    const uln = newUln();
    await town.tell('careers', registration(uln, 'c-2'), registration(uln, 'c-2', { sex: 'F' }), registration(uln, 'c-2b'));
    expect(await whois('careers', 'local:c-2b')).toBe(await whois('careers', 'local:c-2'));
  });

  it('may come later, by registration or correction; then others meet the learner under it', async () => {
    const [first, second] = [newUln(), newUln()];
    await town.tell('careers', withoutUln('c-3', { familyName: 'Third' }), withoutUln('c-4', { familyName: 'Fourth' }));
    const ids = [await whois('careers', 'local:c-3'), await whois('careers', 'local:c-4')];
    const corrected = { type: 'learner.corrected', subject: 'local:c-3', data: { uln: first, reason: 'found' } } as const;
    const [third, fourth] = [
      { familyName: 'Third', dateOfBirth: '2009-01-02' },
      { familyName: 'Fourth', dateOfBirth: '2009-01-02' },
    ];
    await town.tell('careers', corrected, { ...registration(second, 'c-4', fourth), subject: 'local:c-4' });
    await town.tell('forge', registration(first, 'f-3', third), registration(second, 'f-4', fourth));
    expect([await whois('forge', 'local:f-3'), await whois('forge', 'local:f-4')]).toEqual(ids);
  });

  it.each(['1234567890', '9999999999', '0000000000'])('%s is invalid wherever it stands', async (wrong) => {
    await town.tell('careers', withoutUln(`w-${wrong}`, { familyName: wrong }));
    const events: readonly Event[] = [
      registration(wrong, fresh('c')),
      { ...withoutUln(fresh('c')), subject: `uln:${wrong}` },
      { type: 'learner.corrected', subject: `local:w-${wrong}`, data: { uln: wrong, reason: 'found' } },
      about(wrong, 'circumstance.noted', { kind: 'housing', note: 'x' }),
    ];
    expect(new Set(await codesOf('careers', ...events))).toEqual(new Set(['invalid-uln']));
  });

  it.each(['1234567899', '9276308686', '1000000000'])('%s is valid', async (right) => {
    expect(await codesOf('careers', registration(right, `c-${right}`))).toEqual(['accepted']);
  });

  it('registered by many at once names one learner', async () => {
    const uln = newUln();
    const agencies = ['careers', 'careers-south', 'forge', 'anvil', 'wulfrun', 'st-chads'];
    await Promise.all(agencies.map((agency) => town.tell(agency, registration(uln, `many-${agency}`))));
    expect(new Set(await Promise.all(agencies.map((agency) => whois(agency, `local:many-${agency}`)))).size).toBe(1);
  });
});

describe('a link conflict', () => {
  it('of two learners, or of a second ULN, is rejected, changes nothing, and goes to the data manager once', async () => {
    const [one, other, third] = [newUln(), newUln(), newUln()];
    await town.tell('st-chads', registration(one, 's-1'), registration(other, 's-2'));
    const [idOne, idOther] = [await whois('st-chads', 'local:s-1'), await whois('st-chads', 'local:s-2')];
    const before = (await conflicts()).length;
    const correction = (localId: string, data: object) =>
      ({ type: 'learner.corrected', subject: `local:${localId}`, data: { ...data, reason: 'x' } }) as Event;
    const conflicting = [
      registration(other, 's-1'),
      correction('s-1', { uln: other }),
      correction('s-1', { localId: 's-2' }),
      registration(third, 's-1'),
      correction('s-1', { uln: third }),
    ];
    for (const event of [...conflicting, ...conflicting]) expect(await codesOf('st-chads', event)).toEqual(['link-conflict']);
    const found = (await conflicts()).slice(before);
    const told = found.map(({ learners, identifier = '' }) => ({ [identifier]: pair(...learners) }));
    expect(told).toEqual([{ uln: [idOne] }, { localId: pair(idOne, idOther) }]);
    expect(new Set(found.map(({ agency }) => agency))).toEqual(new Set(['st-chads']));
    expect(await Promise.all([one, other, third].map((uln) => whois('st-chads', `uln:${uln}`)))).toEqual([idOne, idOther, undefined]);
    expect((await town.passport('st-chads', 'plan-learning', `uln:${one}`)).body.items).toHaveLength(1);
  });
});

describe('one local id for plainly another person', () => {
  const amira = { givenName: 'Amira', familyName: 'Oldroyd', dateOfBirth: '2008-02-11' };
  const ben = { givenName: 'Ben', familyName: 'Newby', dateOfBirth: '2010-09-30' };
  const corrected = (localId: string, data: object, subject = `local:${localId}`) =>
    ({ type: 'learner.corrected', subject, data: { ...data, reason: 'x' } }) as Event;

  it.each([
    ['registered again', (id: string) => withoutUln(id, ben)],
    ['registered again with a number', (id: string) => registration(newUln(), id, ben)],
    ['corrected', (id: string) => corrected(id, ben)],
  ])('%s is a link-conflict, alone and in one batch, in either order, and changes nothing', async (_, again) => {
    const [alone, batch] = [fresh('again'), fresh('again')];
    await town.tell('st-chads', withoutUln(alone, amira));
    const id = await whois('st-chads', `local:${alone}`);
    const before = (await conflicts()).length;
    expect(await codesOf('st-chads', again(alone))).toEqual(['link-conflict']);
    expect((await conflicts()).slice(before).map(({ learners: between }) => between)).toEqual([[id]]);
    expect(await codesOf('st-chads', withoutUln(batch, amira), again(batch), corrected(batch, { contact: '01902 555 010' }))).toEqual([
      'accepted',
      'link-conflict',
      'accepted',
    ]);
    const { body } = await town.passport('st-chads', 'plan-learning', `local:${alone}`);
    expect([body.learner, body.items?.length]).toEqual([town.node.pseudonyms.of('st-chads', id ?? ''), 1]);
  });

  it('is one whoever came first', async () => {
    const localId = fresh('again');
    expect(await codesOf('st-chads', withoutUln(localId, ben), withoutUln(localId, amira), corrected(localId, amira))).toEqual([
      'accepted',
      'link-conflict',
      'link-conflict',
    ]);
  });

  it('is none where one detail, or two, change', async () => {
    const localId = fresh('again');
    const steps = [
      { familyName: 'Khan' },
      { givenName: 'Mira', familyName: 'Khan-Oldroyd' },
      { dateOfBirth: '2008-11-02', familyName: 'KHAN OLDROYD' },
    ];
    expect(await codesOf('st-chads', withoutUln(localId, amira), ...steps.map((step) => corrected(localId, step)))).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'accepted',
    ]);
  });

  it('is none for whom the sender itself told nothing but the id', async () => {
    const [uln, localId] = [newUln(), fresh('again')];
    await town.tell(
      'careers',
      registration(uln, fresh('c'), amira),
      about(uln, 'referral.made', { referralId: fresh('r'), to: 'forge', route: 'connexions' }),
    );
    expect(await codesOf('forge', corrected('', { localId }, `uln:${uln}`), withoutUln(localId, amira))).toEqual(['accepted', 'accepted']);
  });
});

describe('without a ULN', () => {
  it("a local id is its own agency's", async () => {
    await town.tell('careers', withoutUln('same', { familyName: 'Same', postcode: 'B1 1AA' }));
    await town.tell('forge', withoutUln('same', { familyName: 'Other', postcode: 'B1 1AA' }));
    expect(await whois('careers', 'local:same')).not.toBe(await whois('forge', 'local:same'));
  });

  it('name, date of birth and postcode that match are a possible match, not a merge', async () => {
    await town.tell('careers', withoutUln('m-1'));
    await town.tell(
      'wulfrun',
      registration(newUln(), 'm-2', { givenName: 'ZOE', familyName: 'o hara', dateOfBirth: '2009-01-02', postcode: 'wv11aa' }),
    );
    const [one, other] = [await whois('careers', 'local:m-1'), await whois('wulfrun', 'local:m-2')];
    expect(one).not.toBe(other);
    expect((await suspicions()).map((ids) => pair(...ids))).toContainEqual(pair(one, other));
    expect((await town.passport('wulfrun', 'plan-learning', 'local:m-2')).body.items).toHaveLength(1);
  });

  it('one family name, date of birth and school are a possible match, told by the school alone, whatever the given name and the address', async () => {
    const [uln, known, again, elsewhere] = [newUln(), fresh('pupil'), fresh('again'), fresh('elsewhere')];
    const bill = { givenName: 'William', familyName: 'Oakes', dateOfBirth: '2009-05-06', postcode: 'WV3 3AA' };
    const other = { ...bill, givenName: 'Bill', postcode: 'WV10 9ZZ' };
    await town.tell('st-chads', registration(uln, known, bill), withoutUln(again, other));
    await town.tell('careers', withoutUln(elsewhere, other));
    const at = async (agency: string, localId: string) => whois(agency, `local:${localId}`);
    const found = (await suspicions()).map((ids) => pair(...ids));
    expect(found).toContainEqual(pair(await at('st-chads', known), await at('st-chads', again)));
    expect(found).not.toContainEqual(pair(await at('st-chads', known), await at('careers', elsewhere)));
  });

  it.each([
    ['a sharp s', 'Weiß', 'WEISS'],
    ['strokes', 'Łukasz Sørensen', 'Lukasz-Sorensen'],
    ['an apostrophe that is a letter', 'OʼBrien', "O'Brien"],
  ])('nor does %s keep two spellings of a name apart', async (_, one, other) => {
    const [first, second] = [fresh('spelt'), fresh('spelt')];
    await town.tell('careers', withoutUln(first, { familyName: one, postcode: 'WV1 7AA' }));
    await town.tell('wulfrun', withoutUln(second, { familyName: other, postcode: 'WV1 7AA' }));
    const found = pair(await whois('careers', `local:${first}`), await whois('wulfrun', `local:${second}`));
    expect((await suspicions()).map((ids) => pair(...ids))).toContainEqual(found);
  });

  it('no match is suspected where both have a ULN, or a detail differs or is missing', async () => {
    const before = (await suspicions()).length;
    const details = { givenName: 'Kim', familyName: 'Twin', dateOfBirth: '2009-03-04', postcode: 'WV2 2AA' };
    await town.tell('careers', registration(newUln(), 't-1', details), registration(newUln(), 't-2', details));
    await town.tell('careers', withoutUln('t-3', { ...details, givenName: 'Tim' }), withoutUln('t-4', { ...details, postcode: 'WV2 2AB' }));
    const { postcode: _, ...noPostcode } = details;
    await town.tell('careers', { type: 'learner.registered', subject: 'local:t-5', data: { localId: 't-5', ...noPostcode } });
    expect((await suspicions()).length).toBe(before);
    await town.tell('careers', { type: 'learner.corrected', subject: 'local:t-5', data: { postcode: 'WV2 2AA', reason: 'found' } });
    expect((await suspicions()).length).toBe(before + 2);
  });
});
