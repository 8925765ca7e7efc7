// Invariant 6: after a withdrawal's receipt no decision relies on that consent.
// Raced, not reasoned: ten thousand withdrawals against reads.
import type { Receipt } from '#admission';
import { type EventToSend, toEvent } from '#client';
import type { Disclosure, DisclosureDecided } from '#disclosure';
import { disclosureStream } from '#learner-file';
import { keysOf } from '#privacy';
import { openSealed } from '#privacy/opening';
import { assessment, consent, fresh, registration, Town, ulnOf } from './town.ts';

const LEARNERS = 200;
const ROUNDS = 50;
const CONSENT_CLAUSE = 'e2e-passport@1#EP3';

let town: Town;
beforeAll(async () => {
  town = await Town.open();
});
afterAll(() => town.close());

const ulns = Array.from({ length: LEARNERS }, (_, n) => ulnOf(n));
const subjectOf = (uln: string): string => `uln:${uln}`;

const tell = async (events: readonly EventToSend[]): Promise<readonly Receipt[]> => {
  const jws = await town.jws(
    'careers',
    events.map((event) => toEvent('careers', event)),
  );
  const receipts = await town.node.intake.receive(Buffer.from(jws), 'http');
  expect(receipts.map(({ outcome }) => outcome)).toEqual(events.map(() => 'accepted'));
  return receipts;
};

const withdrawal = (uln: string, consentId: string): EventToSend => ({
  type: 'consent.withdrawn',
  subject: subjectOf(uln),
  data: { consentId, by: 'learner' },
});

const read = (uln: string): Promise<Disclosure> =>
  town.node.gate.ask({
    asker: { agency: 'forge' },
    ref: subjectOf(uln),
    purposes: ['plan-learning'],
    asked: 'passport',
    page: { after: 0, limit: 100 },
  });

const showsConsented = (disclosure: Disclosure): boolean =>
  disclosure.outcome === 'answered' && disclosure.items.some(({ clause }) => clause === CONSENT_CLAUSE);

/** Where each consent was withdrawn, by whose it is and its id. */
const withdrawnAt = new Map<string, number>();

/** Consents of all learners given, then withdrawn in one message while reads of each are under way. */
const round = async (n: number): Promise<{ readonly during: number; readonly after: number }> => {
  const consentIds = ulns.map(() => fresh('c'));
  await tell(ulns.map((uln, i) => consent(uln, consentIds[i] as string)));
  const early = ulns.filter((_, i) => (i + n) % 2 === 0).map(read);
  const withdrawn = tell(ulns.map((uln, i) => withdrawal(uln, consentIds[i] as string)));
  const late = ulns.filter((_, i) => (i + n) % 2 === 1).map(read);
  const receipts = await withdrawn;
  receipts.forEach(({ position }, i) => withdrawnAt.set(`careers/${consentIds[i]}`, Number(position)));
  const after = await Promise.all(ulns.map(read));
  const during = await Promise.all([...early, ...late]);
  return { during: during.filter(showsConsented).length, after: after.filter(showsConsented).length };
};

/** All decisions about a learner that stand in the log, each with its position. */
const decisionsAbout = async (id: string): Promise<readonly { readonly position: number; readonly decided: DisclosureDecided }[]> => {
  const events = await town.node.store.readStream(disclosureStream(id));
  const keys = await keysOf(town.node.vault, events);
  return events.map((event) => {
    const { owner = '', category = '' } = event.meta;
    const plain = openSealed(keys, { owner, category }, event, event.payload) ?? new Uint8Array();
    return { position: event.position, decided: JSON.parse(Buffer.from(plain).toString()) as DisclosureDecided };
  });
};

describe('ten thousand withdrawals raced against reads', () => {
  it('leave no disclosure decided after the receipt', async () => {
    for (const uln of ulns) {
      await tell([
        registration(uln, `c-${uln}`),
        assessment(uln),
        { type: 'referral.made', subject: subjectOf(uln), data: { referralId: fresh('r'), to: 'forge', route: 'connexions' } },
      ]);
    }
    const shown = { during: 0, after: 0 };
    for (let n = 0; n < ROUNDS; n++) {
      const { during, after } = await round(n);
      shown.during += during;
      shown.after += after;
    }
    expect(withdrawnAt.size).toBe(LEARNERS * ROUNDS);
    expect(shown.after).toBe(0);
    expect(shown.during).toBeGreaterThan(0);

    const answers = await Promise.all(ulns.map(read));
    const ids = answers.map((answer) =>
      answer.outcome === 'answered' ? town.node.pseudonyms.resolve('forge', answer.learner) : undefined,
    );
    const decisions = (await Promise.all(ids.map((id) => decisionsAbout(id ?? '')))).flat();
    const relied = decisions.flatMap(({ position, decided }) =>
      decided.permitted.flatMap(({ consent: cited }) =>
        cited === undefined ? [] : [{ position, withdrawn: withdrawnAt.get(cited.id) ?? 0 }],
      ),
    );
    expect(relied).toHaveLength(shown.during);
    expect(relied.filter(({ position, withdrawn }) => position > withdrawn)).toEqual([]);
  }, 300_000);
});
