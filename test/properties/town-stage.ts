// Worlds in one running broker: each has a number and local ids of its own, and is a world in which nothing was said yet.
import type { AgencyEvent, EventToSend } from '#client';
import { type AgencySlug, londonDate } from '#kernel';
import { type Town, ulnOf } from '../journeys/town.ts';
import { OTHER_ULN, STORIES, ULN } from './stories.ts';
import type { Shown, Stage, Told } from './world.ts';

/** The town's clock goes on by this much with each message: no run may reach the next day. */
export const TICK_MS = 1000;

const registeredIn = ({ type, data }: EventToSend): readonly string[] => (type === 'learner.registered' ? [data.localId] : []);
const LOCAL_IDS = [
  'x-a',
  'x-b',
  ...new Set(Object.values(STORIES).flatMap((story) => story.flatMap(({ events }) => events.flatMap(registeredIn)))),
];
const MESSAGE_IDS = ['m-1', 'x-m0', 'x-m1', 'x-m2', 'x-m3', 'x-m4'];

const DAY_LENGTH = '2026-03-20'.length;

const OUTCOMES: Readonly<Record<number, Shown['outcome']>> = { 200: 'answered', 403: 'not-permitted', 404: 'not-known' };

export class TownStage implements Stage {
  readonly #town: Town;
  readonly #tick: () => void;
  readonly #number: number;
  /** What is told here, and what stands for it in this world; the longest first. */
  readonly #names: readonly (readonly [said: string, here: string])[];

  constructor(town: Town, tick: () => void, number: number) {
    this.#town = town;
    this.#tick = tick;
    this.#number = number;
    this.#names = [
      [ULN, ulnOf(2 * number)],
      [OTHER_ULN, ulnOf(2 * number + 1)],
      ...[...LOCAL_IDS, ...MESSAGE_IDS].flatMap(
        (id) =>
          [
            [`"${id}"`, `"${id}.${number}"`],
            [`"local:${id}"`, `"local:${id}.${number}"`],
          ] as const,
      ),
    ];
  }

  #here<Value>(value: Value): Value {
    return JSON.parse(this.#names.reduce((text, [said, here]) => text.replaceAll(said, here), JSON.stringify(value))) as Value;
  }

  #said(text: string): string {
    return this.#names.reduce((all, [said, here]) => all.replaceAll(here, said), text);
  }

  /** At the town's own time; what lay back by days still does. */
  #event({ id, time, ...event }: AgencyEvent, at: number): EventToSend {
    const now = this.#town.node.clock.now();
    const told = this.#here({ ...event, type: event.type.replace('uk.concordat.', '').replace('.v1', '') });
    return { ...told, id: `${id}.${this.#number}`, time: new Date(now - (at - Date.parse(time))).toISOString() } as unknown as EventToSend;
  }

  async send(at: number, agency: AgencySlug, events: readonly AgencyEvent[]): Promise<Told> {
    this.#tick();
    const { store } = this.#town.node;
    const before = await store.head();
    const receipts = await this.#town.send(agency, ...events.map((event) => this.#event(event, at)));
    const plain = JSON.parse(this.#said(JSON.stringify(receipts))) as Told['receipts'];
    return { receipts: plain, positions: (await store.head()) - before };
  }

  async read(_at: number, agency: AgencySlug, ref: string): Promise<Shown> {
    const purposes = [...this.#town.node.registers.inForce(londonDate(this.#town.node.clock.now())).purposes];
    const { status, text } = await this.#town.passport(agency, purposes.join(','), this.#here(ref));
    const outcome = OUTCOMES[status];
    if (outcome === undefined) throw new Error(`${status}: ${text}`);
    const { items = [] } = JSON.parse(this.#said(text)) as { readonly items?: Shown['items'] };
    // Worlds are played one after the other: to the day they are at one time.
    return {
      outcome,
      items: items.map((item) => ({ ...item, ...(item.time === undefined ? {} : { time: item.time.slice(0, DAY_LENGTH) }) })),
    };
  }
}
