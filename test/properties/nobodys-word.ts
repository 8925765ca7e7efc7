// The property of nobody's own word (sharing-matrix.md, W1–W7): whoever does not stand with a learner reads nothing of it, is told nothing
// of it, and changes nothing of what anybody else reads.
import { isDeepStrictEqual } from 'node:util';
import { type EventToSend, toEvent } from '#client';
import type { AgencySlug, Instant } from '#kernel';
import { type Attack, type Strike, vouchForEachOther } from './attacks.ts';
import { HONEST } from './cast.ts';
import { STORIES, type Step, type Story, ULN } from './stories.ts';
import { isMadeUp, isOwn, type PlainAnswer, plainAnswer, plainReceipts, waitsIn } from './told.ts';
import type { Stage, Told } from './world.ts';

const DAY = 86_400_000;
export const BEGIN: Instant = Date.parse('2026-02-06T09:00:00Z');
const MINUTE = 60_000;
/** After the first step: at the end, and when referrals have lapsed. */
const LOOKS: readonly number[] = [40, 230];

/** One message, and when it is sent. */
interface Message {
  readonly by: AgencySlug;
  readonly at: Instant;
  readonly events: readonly (EventToSend & { readonly id: string })[];
}

const startOf = ({ day }: Step): Instant => BEGIN + day * DAY;

const honestMessages = (story: Story): readonly Message[] =>
  story.map((step, place) => ({
    by: step.by,
    at: startOf(step),
    events: step.events.map((event, index) => ({ ...event, id: `m-${place}-${index}`, time: new Date(startOf(step)).toISOString() })),
  }));

/** Just before the step of its slot, or after the story. */
const momentOf = (story: Story, { slot }: Strike): Instant => {
  const step = story[slot];
  return step ? startOf(step) - MINUTE : startOf(story.at(-1) as Step) + DAY;
};

const eventOf = (strike: Strike, at: Instant): Message['events'][number] => {
  const { type, data, subject, id, daysAgo } = strike;
  return {
    type,
    data,
    id,
    time: new Date(at - daysAgo * DAY).toISOString(),
    ...(subject === undefined ? {} : { subject }),
  } as unknown as Message['events'][number];
};

const joins = ({ together, by, slot }: Strike, before: Strike | undefined): boolean =>
  together && before?.by === by && before.slot === slot;

const hostileMessages = (story: Story, attack: Attack): readonly Message[] => {
  const messages: Message[] = [];
  for (const [place, strike] of attack.entries()) {
    const at = momentOf(story, strike);
    const last = joins(strike, attack[place - 1]) ? messages.pop() : undefined;
    messages.push({ by: strike.by, at, events: [...(last?.events ?? []), eventOf(strike, at)] });
  }
  return messages;
};

export interface Played {
  readonly stage: Stage;
  /** By sender. */
  readonly told: ReadonlyMap<AgencySlug, readonly Told[]>;
}

const play = async (stage: Stage, messages: readonly Message[]): Promise<Played> => {
  const told = new Map<AgencySlug, Told[]>();
  for (const { by, at, events } of messages.toSorted((a, b) => a.at - b.at)) {
    const of = told.get(by) ?? [];
    of.push(
      await stage.send(
        at,
        by,
        events.map((event) => toEvent(by, event)),
      ),
    );
    told.set(by, of);
  }
  return { stage, told };
};

export interface Counterexample {
  readonly story: string;
  readonly breaks: 'told' | 'read' | 'changed-receipts' | 'changed-answers';
  readonly who: AgencySlug;
  readonly expected: unknown;
  readonly got: unknown;
}

export class NobodysWord {
  /** A world in which nothing was said yet. */
  readonly #open: () => Stage;
  readonly #alone = new Map<string, Promise<Played>>();
  readonly #read = new Map<string, PlainAnswer>();

  constructor(open: () => Stage) {
    this.#open = open;
  }

  /** Undefined: it holds. */
  async brokenBy(name: string, attack: Attack): Promise<Counterexample | undefined> {
    const story = STORIES[name] ?? [];
    const [honest, hostile] = [honestMessages(story), hostileMessages(story, attack)];
    const together = await play(this.#open(), [...hostile, ...honest]);
    const without = await play(this.#open(), hostile);
    return (
      (await this.#toldOrShown(name, attack, { together, without })) ??
      (await this.#changed(name, attack, { together, alone: await this.alone(name) }))
    );
  }

  /** The story, and nobody else. */
  async alone(name: string): Promise<Played> {
    const known = this.#alone.get(name) ?? play(this.#open(), honestMessages(STORIES[name] ?? []));
    this.#alone.set(name, known);
    return known;
  }

  /** Whether the attackers learn anything, from receipts or answers, that they would not in a world without the learner. */
  async #toldOrShown(
    story: string,
    attack: Attack,
    { together, without }: { readonly together: Played; readonly without: Played },
  ): Promise<Counterexample | undefined> {
    const limit = vouchForEachOther(attack);
    for (const who of new Set(attack.map(({ by }) => by))) {
      const [expected, got] = [plainReceipts(without.told.get(who) ?? []), plainReceipts(together.told.get(who) ?? [])];
      if (!limit && !isDeepStrictEqual(got, expected)) return { story, breaks: 'told', who, expected, got };
      const shown = await this.#shown(who, { together, without, limit });
      if (shown) return { story, breaks: 'read', who, ...shown };
    }
    return undefined;
  }

  async #shown(
    who: AgencySlug,
    { together, without, limit }: { readonly together: Played; readonly without: Played; readonly limit: boolean },
  ): Promise<Pick<Counterexample, 'expected' | 'got'> | undefined> {
    for (const look of looks([`uln:${ULN}`, 'local:x-a', 'local:x-b'])) {
      const [expected, got] = [await lookAt(without, who, look), await lookAt(together, who, look)];
      const same =
        got.items.every((item) => isOwn(item) || expected.items.includes(item)) &&
        (limit || isDeepStrictEqual(ownIn(got), ownIn(expected)));
      if (!same) return { expected, got };
    }
    return undefined;
  }

  /** Whether anybody else is told or shown anything else than without the attack. */
  async #changed(
    story: string,
    attack: Attack,
    { together, alone }: { readonly together: Played; readonly alone: Played },
  ): Promise<Counterexample | undefined> {
    for (const { slug: who } of HONEST) {
      const [expected, got] = [plainReceipts(alone.told.get(who) ?? []), plainReceipts(together.told.get(who) ?? [])];
      if (!isDeepStrictEqual(got, expected)) return { story, breaks: 'changed-receipts', who, expected, got };
      for (const look of looks([`uln:${ULN}`, ...localIdsOf(story, who)])) {
        const changed = await this.#changedLook(attack, { together, known: await this.#unchanged(story, who, look), who, look });
        if (changed) return { story, breaks: 'changed-answers', who, ...changed };
      }
    }
    return undefined;
  }

  async #unchanged(story: string, who: AgencySlug, look: Look): Promise<PlainAnswer> {
    const key = `${story}\n${who}\n${look.join('\n')}`;
    const answer = this.#read.get(key) ?? (await lookAt(await this.alone(story), who, look));
    this.#read.set(key, answer);
    return answer;
  }

  async #changedLook(
    attack: Attack,
    { together, known, who, look }: Looked,
  ): Promise<Pick<Counterexample, 'expected' | 'got'> | undefined> {
    const got = await lookAt(together, who, look, new Set(attack.map(({ by }) => by)));
    if (isDeepStrictEqual(got, known)) return undefined;
    // To whom the learner is nobody, the number may name a person whom the attackers made up, and no more than that.
    const madeUp = known.outcome === 'not-known' && got.items.every((item) => isMadeUp(item, attack));
    return madeUp ? undefined : { expected: known, got };
  }
}

/** When is looked, and by which reference. */
type Look = readonly [days: number, ref: string];

interface Looked {
  readonly together: Played;
  /** The same without the attack. */
  readonly known: PlainAnswer;
  readonly who: AgencySlug;
  readonly look: Look;
}

/**
 * A founder alone may also read what the broker makes of its own words;
 * where somebody else founded, it may not: a limit that SECURITY.md names.
 */
const ownIn = ({ outcome, items }: PlainAnswer): PlainAnswer => ({ outcome, items: items.filter(isOwn) });

const looks = (refs: readonly string[]): readonly Look[] => LOOKS.flatMap((days) => refs.map((ref) => [days, ref] as const));

const localIdsOf = (story: string, who: AgencySlug): readonly string[] =>
  (STORIES[story] ?? []).flatMap(({ by, events }) =>
    by === who ? events.flatMap(({ type, data }) => (type === 'learner.registered' ? [`local:${data.localId}`] : [])) : [],
  );

const lookAt = async (
  { stage }: Played,
  who: AgencySlug,
  [days, ref]: Look,
  attackers: ReadonlySet<AgencySlug> = new Set(),
): Promise<PlainAnswer> => plainAnswer(await stage.read(BEGIN + days * DAY, who, ref), waitsIn(attackers));
