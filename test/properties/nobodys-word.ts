// The property of nobody's own word (sharing-matrix.md, W1–W7): whoever does not stand with a learner reads nothing of it, is told nothing
// of it, and changes nothing of what anybody else reads.
import { isDeepStrictEqual } from 'node:util';
import { type EventToSend, toEvent } from '#client';
import type { Registers } from '#disclosure';
import type { AgencySlug, Instant } from '#kernel';
import { type Attack, type Strike, vouchForEachOther } from './attacks.ts';
import { HONEST } from './cast.ts';
import { STORIES, type Step, type Story, ULN } from './stories.ts';
import { isMadeUp, isOwn, type PlainAnswer, plainAnswer, plainReceipts, waitsIn } from './told.ts';
import { type Told, World } from './world.ts';

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
  story.map((step, place) => ({ by: step.by, at: startOf(step), events: step.events.map((event, index) => ({ ...event, id: `m-${place}-${index}`, time: new Date(startOf(step)).toISOString() })) }));

/** Just before the step of its slot, or after the story. */
const momentOf = (story: Story, { slot }: Strike): Instant => {
  const step = story[slot];
  return step ? startOf(step) - MINUTE : startOf(story.at(-1) as Step) + DAY;
};

const eventOf = (strike: Strike, at: Instant): Message['events'][number] => {
  const { type, data, subject, id, daysAgo } = strike;
  return { type, data, id, time: new Date(at - daysAgo * DAY).toISOString(), ...(subject === undefined ? {} : { subject }) } as unknown as Message['events'][number];
};

const joins = ({ together, by, slot }: Strike, before: Strike | undefined): boolean => together && before?.by === by && before.slot === slot;

const hostileMessages = (story: Story, attack: Attack): readonly Message[] => {
  const messages: Message[] = [];
  for (const [place, strike] of attack.entries()) {
    const at = momentOf(story, strike);
    const last = joins(strike, attack[place - 1]) ? messages.pop() : undefined;
    messages.push({ by: strike.by, at, events: [...(last?.events ?? []), eventOf(strike, at)] });
  }
  return messages;
};

/** The learner's own page speaks for the learner without a registration. */
const told = (world: World, { by, at, events }: Message): Promise<Told> => {
  world.now = at;
  return world.send(by, events.map((event) => toEvent(by, event)));
};

export interface Played {
  readonly world: World;
  /** By sender. */
  readonly told: ReadonlyMap<AgencySlug, readonly Told[]>;
}

const play = async (registers: Registers, messages: readonly Message[]): Promise<Played> => {
  const world = new World(registers);
  const all = new Map<AgencySlug, Told[]>();
  for (const message of messages.toSorted((a, b) => a.at - b.at)) {
    const of = all.get(message.by) ?? [];
    of.push(await told(world, message));
    all.set(message.by, of);
  }
  return { world, told: all };
};

export interface Counterexample {
  readonly story: string;
  readonly breaks: 'told' | 'read' | 'changed-receipts' | 'changed-answers';
  readonly who: AgencySlug;
  readonly expected: unknown;
  readonly got: unknown;
}

export class NobodysWord {
  readonly #registers: Registers;
  readonly #alone = new Map<string, Promise<Played>>();
  readonly #read = new Map<string, PlainAnswer>();

  constructor(registers: Registers) {
    this.#registers = registers;
  }

  /** Undefined: it holds. */
  async brokenBy(name: string, attack: Attack): Promise<Counterexample | undefined> {
    const story = STORIES[name] ?? [];
    const [honest, hostile] = [honestMessages(story), hostileMessages(story, attack)];
    const together = await play(this.#registers, [...hostile, ...honest]);
    const without = await play(this.#registers, hostile);
    return (
      (await this.#toldOrShown(name, attack, { together, without })) ??
      (await this.#changed(name, attack, { together, alone: await this.alone(name) }))
    );
  }

  /** The story, and nobody else. */
  async alone(name: string): Promise<Played> {
    const known = this.#alone.get(name) ?? play(this.#registers, honestMessages(STORIES[name] ?? []));
    this.#alone.set(name, known);
    return known;
  }

  /** Whether the attackers learn anything, from receipts or answers, that they would not in a world without the learner. */
  async #toldOrShown(story: string, attack: Attack, { together, without }: { readonly together: Played; readonly without: Played }): Promise<Counterexample | undefined> {
    const limit = vouchForEachOther(attack);
    for (const who of new Set(attack.map(({ by }) => by))) {
      const [expected, got] = [plainReceipts(without.told.get(who) ?? []), plainReceipts(together.told.get(who) ?? [])];
      if (!limit && !isDeepStrictEqual(got, expected)) return { story, breaks: 'told', who, expected, got };
      const shown = await this.#shown(who, { together, without, limit });
      if (shown) return { story, breaks: 'read', who, ...shown };
    }
    return undefined;
  }

  async #shown(who: AgencySlug, { together, without, limit }: { readonly together: Played; readonly without: Played; readonly limit: boolean }): Promise<Pick<Counterexample, 'expected' | 'got'> | undefined> {
    for (const [days, ref] of looks([`uln:${ULN}`, 'local:x-a', 'local:x-b'])) {
      const [expected, got] = [await lookAt(without, who, { ref, days }), await lookAt(together, who, { ref, days })];
      const same = got.items.every((item) => isOwn(item) || expected.items.includes(item)) && (limit || isDeepStrictEqual(ownIn(got), ownIn(expected)));
      if (!same) return { expected, got };
    }
    return undefined;
  }

  /** Whether anybody else is told or shown anything else than without the attack. */
  async #changed(story: string, attack: Attack, { together, alone }: { readonly together: Played; readonly alone: Played }): Promise<Counterexample | undefined> {
    const attackers = new Set(attack.map(({ by }) => by));
    for (const { slug: who } of HONEST) {
      const [expected, got] = [plainReceipts(alone.told.get(who) ?? []), plainReceipts(together.told.get(who) ?? [])];
      if (!isDeepStrictEqual(got, expected)) return { story, breaks: 'changed-receipts', who, expected, got };
      for (const [days, ref] of looks([`uln:${ULN}`, ...localIdsOf(story, who)])) {
        const key = `${story}\n${who}\n${ref}\n${days}`;
        const known = this.#read.get(key) ?? (await lookAt(alone, who, { ref, days }));
        this.#read.set(key, known);
        const answer = await lookAt(together, who, { ref, days }, attackers);
        if (isDeepStrictEqual(answer, known)) continue;
        // To whom the learner is nobody, the number may name a person whom the attackers made up, and no more than that.
        if (known.outcome !== 'not-known' || !answer.items.every((item) => isMadeUp(item, attack))) return { story, breaks: 'changed-answers', who, expected: known, got: answer };
      }
    }
    return undefined;
  }
}

/** A founder alone may also read what the broker makes of its own words; where somebody else founded, it may not: a limit that SECURITY.md names. */
const ownIn = ({ outcome, items }: PlainAnswer): PlainAnswer => ({ outcome, items: items.filter(isOwn) });

const looks = (refs: readonly string[]): readonly (readonly [days: number, ref: string])[] => LOOKS.flatMap((days) => refs.map((ref) => [days, ref] as const));

const localIdsOf = (story: string, who: AgencySlug): readonly string[] =>
  (STORIES[story] ?? []).flatMap(({ by, events }) => (by === who ? events.flatMap(({ type, data }) => (type === 'learner.registered' ? [`local:${data.localId}`] : [])) : []));

const lookAt = async ({ world }: Played, who: AgencySlug, { ref, days }: { readonly ref: string; readonly days: number }, attackers: ReadonlySet<AgencySlug> = new Set()): Promise<PlainAnswer> => {
  world.now = BEGIN + days * DAY;
  return plainAnswer(await world.read(who, ref), waitsIn(attackers));
};
