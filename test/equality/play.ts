// A synthetic partnership and what is told besides, played to a broker up to the day on which lists are asked for.
import { type EventToSend, signEvents, signingKeyOf, toEvent } from '#client';
import { moreAbout } from './more-stories.ts';
import { links, moreThings } from './more-things.ts';
import { readMessages, type Told } from './oracle/told.ts';
import { PlayedPartnership } from './played.ts';
import { FIRST_DAY, makeSynthetic, type Synthetic } from './synthetic.ts';
import { type Known, LAST_DAY, type Telling } from './telling.ts';

export interface Size {
  readonly seed: number;
  readonly learners: number;
}

export const playPartnership = async ({ seed, learners }: Size): Promise<PlayedPartnership> => {
  const synthetic = await makeSynthetic(String(seed), learners);
  const played = await PlayedPartnership.open(synthetic);
  await tell(played, synthetic, links());
  for (const message of synthetic.messages) await played.send(message);
  await tell(played, synthetic, moreThings(seed));
  const known = knownIn(readMessages(played.sent));
  await tell(
    played,
    synthetic,
    known.flatMap((one) => moreAbout(one, seed)),
  );
  played.clock.set(Date.parse(`${LAST_DAY}T12:00:00Z`));
  await played.caughtUp();
  return played;
};

/** At nine of its day, a minute on its way. */
const tell = async (played: PlayedPartnership, synthetic: Synthetic, tellings: readonly Telling[]): Promise<void> => {
  for (const { day, agency, event } of tellings.toSorted((one, other) => one.day - other.day)) {
    const at = Date.parse(FIRST_DAY) + day * 86_400_000 + 9 * 3_600_000;
    await played.send({ jws: await signed(synthetic, agency, event, at), agency, at: at + 60_000, outcomes: ['accepted'] });
  }
};

const signed = async ({ keys }: Synthetic, agency: string, event: EventToSend, at: number): Promise<string> => {
  const key = keys.get(agency);
  if (!key) throw new Error(`${agency} has no key.`);
  return signEvents(toEvent(agency, { time: new Date(at).toISOString(), ...event }), await signingKeyOf(key.privateJwk));
};

/** The tool's learners, by what it told of them. */
const knownIn = (told: readonly Told[]): readonly Known[] => {
  const offenders = new Set(told.flatMap(({ type, subject }) => (type === 'offence.noted' ? [subject] : [])));
  const ended = new Set(told.filter(({ type }) => ENDS.includes(type)).map(({ data }) => data['programmeId']));
  return told.flatMap(({ type, by, data, subject = '' }) => {
    const n = type === 'referral.made' ? /^r-(\d+)$/.exec(String(data['referralId']))?.[1] : undefined;
    if (n === undefined) return [];
    return [
      {
        n: Number(n),
        subject,
        careers: by,
        provider: String(data['to']),
        hasLeft: ended.has(`e2e-${n}`),
        isUnderOrder: offenders.has(subject),
      },
    ];
  });
};

const ENDS: readonly string[] = ['programme.left-early', 'programme.moved-on'];
