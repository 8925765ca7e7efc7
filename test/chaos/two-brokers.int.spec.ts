// Invariants 3, 4 and 6 with two real brokers on one data directory, as where a supervisor did not stop the former one: what both are told
// at once is recorded once, and what one has recorded counts at the other at once.
import { type EventToSend, type Receipt, signingKeyOf } from '#client';
import { BrokerProcess, freePort } from '../broker-process.ts';
import { requestToken } from '../journeys/request-token.ts';
import { about, referral } from '../journeys/told.ts';
import { assessment, consent, fresh, registration, Town, ulnOf } from '../journeys/town.ts';

const ROUNDS = 8;

let town: Town;
let other: BrokerProcess;
beforeAll(async () => {
  town = await Town.open({ following: true });
  other = new BrokerProcess(town.data, await freePort(), { CONCORDAT_ISSUER: 'http://town.example' });
  await other.start();
}, 60_000);
afterAll(async () => {
  await other.stop();
  await town.close();
});

const post = async (url: string, ...events: readonly EventToSend[]): Promise<readonly Receipt[]> => {
  const body = await town.jws(
    'careers',
    events.map((event) => town.event('careers', event)),
  );
  const response = await fetch(`${url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/jose' }, body });
  if (!response.ok) throw new Error(`HTTP ${response.status} ${await response.text()}`);
  return ((await response.json()) as { readonly receipts: readonly Receipt[] }).receipts;
};
/** Outcomes of what each of the two is told at the same moment. */
const both = async (here: EventToSend, there: EventToSend): Promise<readonly string[]> =>
  (await Promise.all([post(town.server.url, here), post(other.url, there)])).map(([receipt]) => receipt?.outcome ?? '').sort();

const levelAtOther = async (uln: string, token: string): Promise<string | undefined> => {
  const response = await fetch(`${other.url}/v1/learners/uln:${uln}/passport`, {
    headers: { authorization: `Bearer ${token}`, purpose: 'plan-learning' },
  });
  const { items } = (await response.json()) as { readonly items?: readonly { readonly category: string; readonly level: string }[] };
  return items?.find(({ category }) => category === 'assessment')?.level;
};

describe('two brokers on one data directory', () => {
  it('record once what both are told at the same moment', async () => {
    for (let n = 0; n < ROUNDS; n++) {
      const uln = ulnOf(n);
      const message = { id: fresh('same'), time: new Date().toISOString(), ...registration(uln, `c-${uln}`) };
      expect(await both(message, message)).toEqual(['accepted', 'duplicate']);
    }
  }, 60_000);

  it('capture once what both are told of at the same moment', async () => {
    for (let n = 0; n < ROUNDS; n++) {
      const uln = ulnOf(n);
      expect(await both(assessment(uln, { assessmentId: 'here' }), assessment(uln, { assessmentId: 'there' }))).toEqual([
        'accepted',
        'already-captured',
      ]);
    }
  }, 60_000);

  it('let a consent and its withdrawal count at the other at once', async () => {
    const token = await requestToken({
      url: other.url,
      agency: 'forge',
      key: await signingKeyOf(town.keyOf('forge').privateJwk),
      now: Date.now(),
    });
    for (let n = 0; n < ROUNDS; n++) {
      const [uln, consentId] = [ulnOf(n), fresh('c')];
      await town.tell('careers', referral(uln, 'forge'), consent(uln, consentId));
      expect(await levelAtOther(uln, token.value)).toBe('full');
      await town.tell('careers', about(uln, 'consent.withdrawn', { consentId, by: 'learner' }));
      expect(await levelAtOther(uln, token.value)).not.toBe('full');
    }
  }, 60_000);
});
