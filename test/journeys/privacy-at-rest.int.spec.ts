// What lies on disk says nothing of anybody without its key (invariant 8), in whatever encoding;
// a destroyed key erases, and erases nothing else.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventToSend } from '#client';
import { fixedClock } from '#kernel';
import { keysOf } from '#privacy';
import { openSealed } from '#privacy/opening';
import { learnerIdOf } from './recorded-decisions.ts';
import { signText } from './raw-message.ts';
import { assessment, consent, registration, Town, ulnOf } from './town.ts';
import { about, adviser, leaving, linkAdviser, MORNING, programme, referral } from './told.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING) });
});
afterAll(() => town.close());

const [uln, other] = [ulnOf(1), ulnOf(2)];
const WORD = 'Canary-Quetzal';
/** Every word of the story that is of a person, or that an agency may have made of a person. */
const CANARIES = [WORD, uln, 'LOCAL-QUETZAL', 'MESSAGE-QUETZAL', 'REF-QUETZAL', 'staff.quetzal@careers', 'QZ1 9QZ'];

const message = (event: EventToSend, n: number): EventToSend => ({ ...event, id: `MESSAGE-QUETZAL-${n}` });

const tellAll = async (): Promise<void> => {
  const person = { givenName: WORD, familyName: WORD, contact: `${WORD}@example.org`, postcode: 'QZ1 9QZ' };
  const byCareers = [
    registration(uln, 'LOCAL-QUETZAL-1', person),
    adviser(uln),
    linkAdviser('forge'),
    referral(uln, 'forge', { reason: WORD, office: WORD }),
    consent(uln, 'REF-QUETZAL', { evidence: WORD }),
    assessment(uln, { assessmentId: 'REF-QUETZAL', domain: WORD, outcome: { summary: WORD } }),
    about(uln, 'circumstance.noted', { kind: 'health', note: WORD }),
    about(uln, 'objection.raised', { scope: { categories: ['identity'] }, reason: WORD }),
  ];
  await town.tell('careers', ...byCareers.map(message));
  await town.tell('forge', registration(uln, 'LOCAL-QUETZAL-2', person));
  await town.tell('forge', programme(uln, 'REF-QUETZAL', { title: WORD }), leaving(uln, 'REF-QUETZAL'));
  await town.send('forge', assessment(uln, { assessmentId: 'REF-QUETZAL-2', domain: WORD }));
  await town.tell('wulfrun', { ...registration(uln, 'LOCAL-QUETZAL-3', person), subject: 'local:LOCAL-QUETZAL-3' });
  await town.tell('careers', { ...registration(other, 'o-1'), id: 'other' });
};

/** Refused in every way: with its words in events, subjects and headers, and in messages that nobody signed. */
const tellWrongly = async (): Promise<void> => {
  await town.send(
    'careers',
    registration(other, 'LOCAL-QUETZAL-1'),
    about(uln, 'circumstance.noted', { kind: WORD as 'housing', note: WORD }),
  );
  await town.send('careers', { ...adviser(uln), id: 'MESSAGE-QUETZAL-0' });
  await town.send('anvil', about(uln, 'circumstance.noted', { kind: 'housing', note: WORD }));
  await town.post(await signText(town, 'careers', JSON.stringify({ id: 'MESSAGE-QUETZAL', note: WORD }), { kid: WORD }));
  await town.post(`${WORD}.${WORD}.${WORD}`);
};

const readAll = async (): Promise<void> => {
  for (const agency of ['careers', 'forge', 'anvil']) {
    for (const ref of [`uln:${uln}`, 'local:LOCAL-QUETZAL-1', `local:${WORD}`]) await town.passport(agency, 'plan-learning', ref);
  }
  const token = await town.node.tokens.issue({ agency: 'careers', staff: 'staff.quetzal@careers' });
  await town.passport('careers', 'plan-learning', `uln:${uln}`, { authorization: `Bearer ${token}` });
};

const project = async (): Promise<void> => {
  const stopping = new AbortController();
  const running = town.node.projections.run(stopping.signal);
  const { views, head } = await town.node.projections.health();
  await Promise.all(views.map(({ view }) => town.node.projections.waitFor(view, head, 10_000)));
  stopping.abort();
  await running;
};

/** The word as it stands, in UTF-16, in hexadecimal, in base64 at each of its three places, and as a bare digest. */
const formsOf = (word: string): readonly Buffer[] => {
  const inBase64 = [0, 1, 2].map((place) =>
    Buffer.from(`${'\0'.repeat(place)}${word}`)
      .toString('base64')
      .slice(place === 0 ? 0 : 4, -4),
  );
  const digests = ['sha256', 'sha1', 'md5'].map((name) => createHash(name).update(word).digest());
  const written = digests.flatMap((digest) => [digest.toString('hex'), digest.toString('base64url')]);
  const texts = [word, word.toLowerCase(), Buffer.from(word).toString('hex'), ...inBase64, ...written];
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(word, 'utf16le'), ...digests];
};

const filesOf = (): readonly { readonly name: string; readonly bytes: Buffer }[] =>
  readdirSync(town.data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => ({ name, bytes: readFileSync(join(parentPath, name)) }));

describe('after a busy story', () => {
  beforeAll(async () => {
    await tellAll();
    await tellWrongly();
    await readAll();
    await project();
  });

  it('no file of the broker holds a word of it', () => {
    const files = filesOf();
    const expected = ['log.sqlite', 'keys.sqlite', 'quarantine.sqlite', 'access.sqlite', 'views.sqlite'];
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(expected));
    const wordsIn = (bytes: Buffer): readonly string[] => CANARIES.filter((word) => formsOf(word).some((form) => bytes.includes(form)));
    expect(files.flatMap(({ name, bytes }) => wordsIn(bytes).map((word) => `${name}: ${word}`))).toEqual([]);
    const legible = files.some(({ bytes }) => bytes.includes('uk.concordat.learner.registered.v1'));
    expect(legible).toBe(true);
  });

  it('names, types and metadata in the log hold nothing of it, nor do payloads in clear', async () => {
    const events = await town.node.store.readAll({ limit: 10_000 });
    for (const { stream, type, id, meta, payload } of events) {
      const clear = JSON.stringify({ stream, type, id, meta }) + (meta.category === undefined ? Buffer.from(payload).toString() : '');
      for (const word of CANARIES) expect(clear).not.toContain(word);
    }
    const actors = new Set(events.map(({ meta }) => meta.actor));
    expect([...actors].every((actor) => ['broker', 'operator', ...town.keys.keys()].includes(actor))).toBe(true);
  });
});

describe('destroying', () => {
  const seenBy = (agency: string, ref: string) => town.passport(agency, 'plan-learning, deliver-programme, support-learner', ref);

  it('the key of one category erases that and no other', async () => {
    const id = await learnerIdOf(town, 'careers', `uln:${uln}`);
    const { body: before } = await seenBy('careers', `uln:${uln}`);
    expect(before.items?.map(({ category }) => category)).toEqual(
      expect.arrayContaining(['identity', 'circumstance-special', 'programme']),
    );
    await town.node.vault.destroy(`learner-${id}`, 'circumstance-special');
    const { body: after } = await seenBy('careers', `uln:${uln}`);
    expect(after.items).toEqual(before.items?.filter(({ category }) => category !== 'circumstance-special'));
  });

  it('all keys of a learner erases all of them, decisions included, and nothing of another', async () => {
    const id = await learnerIdOf(town, 'careers', `uln:${uln}`);
    const sealed = (await town.node.store.readAll({ limit: 10_000 })).filter(({ meta }) => meta.owner === `learner-${id}`);
    const open = async () => {
      const keys = await keysOf(town.node.vault, sealed);
      return sealed.map((event) => openSealed(keys, { owner: `learner-${id}`, category: event.meta.category ?? '' }, event, event.payload));
    };
    expect(sealed.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['uk.concordat.disclosure.decided.v1', 'uk.concordat.consent.given.v1']),
    );
    expect((await open()).filter((plain) => plain !== undefined).length).toBe(sealed.length - 1);
    const before = (await seenBy('careers', `uln:${other}`)).body.items;
    await town.node.vault.destroy(`learner-${id}`);
    for (const agency of ['careers', 'forge', 'wulfrun']) {
      const { status, text, body } = await seenBy(agency, `uln:${uln}`);
      expect([status, body.items]).toEqual([200, []]);
      for (const word of CANARIES) expect(text).not.toContain(word);
    }
    expect((await open()).filter((plain) => plain !== undefined)).toEqual([]);
    expect((await seenBy('careers', `uln:${other}`)).body.items).toEqual(before);
    await town.tell('careers', about(other, 'circumstance.noted', { kind: 'housing', note: 'x' }));
  });
});
