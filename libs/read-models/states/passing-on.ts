// Who is responsible for a learner day by day, as far as one may see, and by when whoever that is has to do what falls to them (views.md,
// part 4; ADR 74).
import type { ShortType } from '#catalogue';
import { ADVISERS, type DutyEvent, ENDINGS, lastDayOf, Responsibility, type ResponsibleAdviser, withFramework } from '#duties';
import type { IsoDate } from '#kernel';
import type { ListAsker, Partnership, SeenItem, SeenItems } from '../lists/index.ts';

/** Of which day a list tells, and what the registers say. */
export interface DutiesAt {
  readonly on: IsoDate;
  readonly partnership: Pick<Partnership, 'duties' | 'rolesOf' | 'linkAdviserOf'>;
}

/** As duties are reckoned from it. */
export const dutyEventOf = (type: ShortType, item: SeenItem<ShortType>, on: IsoDate): DutyEvent => {
  const { source, place, toldOn, category, data, confirmed } = item;
  const known = toldOn === undefined ? ({ knownOn: on, undated: true } as const) : { knownOn: toldOn };
  const displaced = item.displaced === undefined ? {} : { displaced: item.displaced };
  return { type, source, place, ...known, ...displaced, confirmed, data: withFramework(category, data) };
};

/** What of a list's items says who is responsible. */
const SAYS_WHO: readonly ShortType[] = [...ADVISERS, 'programme.started', ...ENDINGS];

interface Known extends DutiesAt {
  readonly responsibility: Responsibility;
}

/** Rows of one learner on a page are made of the same items. */
const known = new WeakMap<SeenItems, Known>();

export const responsibilityIn = (seen: SeenItems, { on, partnership }: DutiesAt): Responsibility => {
  const held = known.get(seen);
  if (held?.on === on && held.partnership === partnership) return held.responsibility;
  const events = SAYS_WHO.flatMap((type) => seen.of(type).map((item) => dutyEventOf(type, item, on)));
  const mayBear = (agency: string): boolean => partnership.rolesOf(agency).includes('connexions');
  const responsibility = new Responsibility(events, (provider, day) => partnership.linkAdviserOf(provider, day), mayBear);
  known.set(seen, { on, partnership, responsibility });
  return responsibility;
};

/** That day, by what was told by then. */
export const responsibleIn = (seen: SeenItems, at: DutiesAt): ResponsibleAdviser | undefined => responsibilityIn(seen, at).on(at.on);

/** Whether it is the asking agency's to do, as the responsible adviser's. */
export const isResponsible = (seen: SeenItems, at: DutiesAt & { readonly asker: ListAsker }): boolean =>
  at.asker.roles.includes('connexions') && responsibleIn(seen, at)?.agency === at.asker.slug;

/** Of something that the responsible adviser has to do. */
export interface AdviserTerm {
  /** Its last day in time for whoever had to do it first. */
  readonly due: IsoDate;
  /** Day on which what it follows from was told. */
  readonly toldOn: IsoDate | undefined;
  /** Day on which it was done, or came to nothing. */
  readonly settledOn?: IsoDate | null | undefined;
}

/** Its last day in time for whoever has to do it that day: the same that the list of duties tells. */
export const dueOfAdviser = (seen: SeenItems, at: DutiesAt, { due, toldOn = at.on, settledOn }: AdviserTerm): IsoDate =>
  responsibilityIn(seen, at).dueOf(due, toldOn, lastDayOf(settledOn ?? undefined, toldOn, at.on));
