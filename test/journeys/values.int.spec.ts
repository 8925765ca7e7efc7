// Values are understood or refused, and what is accepted has its effect: the receipts say what to mend (contracts.md, Receipts).
import type { EventToSend } from '#client';
import { fixedClock } from '#kernel';
import { about, adviser, leaving, MORNING, programme, referral } from './told.ts';
import { consent, fresh, registration, Town, ulnOf } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING) });
});
afterAll(() => town.close());

let learners = 0;
const newUln = (): string => ulnOf(++learners);

const codesOf = async (agency: string, ...events: readonly EventToSend[]): Promise<readonly string[]> =>
  (await town.send(agency, ...events)).map(({ outcome, problem }) => problem?.code ?? outcome);
const detailOf = async (agency: string, event: EventToSend): Promise<unknown> => (await town.send(agency, event))[0]?.problem?.['detail'];

/** Registered by careers, with whom forge stands beside. */
const known = async (): Promise<string> => {
  const uln = newUln();
  await town.tell('careers', registration(uln, fresh('c')), referral(uln, 'forge'));
  await town.tell('forge', registration(uln, fresh('f')));
  return uln;
};

describe('a day that cannot be', () => {
  it.each([
    [
      'of birth, as a system writes that knows none',
      (uln: string) => registration(uln, fresh('c'), { dateOfBirth: '1900-01-01' }),
      '/dateOfBirth',
    ],
    ['of birth to come', (uln: string) => registration(uln, fresh('c'), { dateOfBirth: '2026-10-02' }), '/dateOfBirth'],
    ['of a consent that ends before it begins', (uln: string) => consent(uln, fresh('k'), { expires: '2025-12-31' }), '/expires'],
    [
      'of a circumstance to come',
      (uln: string) => about(uln, 'circumstance.noted', { kind: 'housing', note: 'x', since: '2062-10-01' }),
      '/since',
    ],
  ])('%s is refused, and the place named', async (_, event, pointer) => {
    const uln = await known();
    expect(await codesOf('careers', event(uln))).toEqual(['schema']);
    expect(await detailOf('careers', event(uln))).toMatch(new RegExp(`^${pointer}: .*[.]$`));
  });

  it('of leaving lies before the programme started, as recorded', async () => {
    const uln = await known();
    await town.tell('forge', programme(uln, 'p-1', { startedOn: '2026-09-10' }));
    expect(await codesOf('forge', leaving(uln, 'p-1', '2026-09-09'), leaving(uln, 'p-1', '2026-09-10'))).toEqual(['schema', 'accepted']);
    expect(
      await codesOf(
        'forge',
        programme(uln, 'p-2'),
        about(uln, 'programme.moved-on', { programmeId: 'p-2', on: '2025-09-30', destination: '310' }),
      ),
    ).toEqual(['accepted', 'schema']);
  });
});

describe('a word that means nothing', () => {
  it.each([
    ['an agency', (uln: string) => referral(uln, 'nobody-at-all')],
    ['an agency vouched for', (uln: string) => about(uln, 'tie.confirmed', { agency: 'forge-' })],
    [
      'one choice of several',
      (uln: string) =>
        about(uln, 'application.submitted', {
          applicationId: fresh('ap'),
          choices: [
            { agency: 'forge', provision: 'x' },
            { agency: 'anvl', provision: 'x' },
          ],
        }),
    ],
    ['an id that looks like another', (uln: string) => referral(uln, 'forge', { referralId: 'r\u00a01' })],
  ])('such as %s is refused', async (_, event) => {
    expect(await codesOf('careers', event(await known()))).toEqual(['schema']);
  });
});

describe('what can have no effect is not accepted', () => {
  const withholding = (uln: string, type: 'stated' | 'ended', of: string): EventToSend =>
    type === 'ended'
      ? about(uln, 'withholding.ended', { of })
      : about(uln, 'withholding.stated', { of, ground: 'crime', until: '2026-11-01' });

  it('an adviser ends who was assigned', async () => {
    const uln = await known();
    const end = about(uln, 'learner.adviser-ended', { role: 'personal-adviser', on: '2026-10-01' });
    expect(await codesOf('careers', end, adviser(uln), end, end)).toEqual([
      'unknown-reference',
      'accepted',
      'accepted',
      'unknown-reference',
    ]);
  });

  it('an event is retracted once, and withheld before it is shown again', async () => {
    const uln = await known();
    const id = fresh('note');
    const note = { ...about(uln, 'circumstance.noted', { kind: 'housing', note: 'x' }), id };
    const [stated, ended, retracted] = [
      withholding(uln, 'stated', id),
      withholding(uln, 'ended', id),
      about(uln, 'record.retracted', { of: id, reason: 'other' }),
    ];
    expect(await codesOf('careers', note, ended, stated, ended, ended)).toEqual([
      'accepted',
      'unknown-reference',
      'accepted',
      'accepted',
      'unknown-reference',
    ]);
    expect(await codesOf('careers', stated, ended, retracted, retracted)).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'unknown-reference',
    ]);
  });

  it('a restriction is lifted while it stands', async () => {
    const uln = await known();
    const scope = { recipients: ['forge'] };
    const [asked, lifted] = [
      about(uln, 'restriction.requested', { scope, reason: 'x' }),
      about(uln, 'restriction.lifted', { scope, reason: 'x' }),
    ];
    await town.tell('careers', referral(uln, 'wulfrun'));
    await town.tell('wulfrun', registration(uln, fresh('w')));
    expect(await codesOf('careers', lifted, asked, lifted, lifted)).toEqual([
      'unknown-reference',
      'accepted',
      'accepted',
      'unknown-reference',
    ]);
  });
});
