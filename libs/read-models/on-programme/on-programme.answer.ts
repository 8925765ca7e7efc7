// One learner on programme, as the link adviser of the provider or the provider itself may see (views.md, S6).
import type { AgencySlug, IsoDate } from '#kernel';
import { type Chosen, isBy, orNull, type RowAt, type SeenItem, type SeenItems } from '../lists/index.ts';
import { adviserIn, reasonIn } from '../states/index.ts';

export interface LeftRow {
  readonly on: IsoDate | null;
  /** Of early leaving: the reason, or its group; null where the learner moved on as planned. */
  readonly reason: string | null;
}

export interface OnProgrammeRow {
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly of: AgencySlug | null;
  readonly programmeId: string | null;
  readonly kind: string | null;
  readonly startedOn: IsoDate | null;
  readonly route: string | null;
  readonly referredBy: AgencySlug | null;
  readonly adviserAssigned: boolean;
  readonly adviserRole: string | null;
  readonly left: LeftRow | null;
}

type Started = SeenItem<'programme.started'>;

/** Undefined where that programme is not seen, or not begun by then. */
export const onProgrammeRow = (seen: SeenItems, { on, anchor }: RowAt): OnProgrammeRow | undefined => {
  const started = seen.at('programme.started', anchor);
  if (!started || !isBy(started.data.startedOn, on)) return undefined;
  return {
    ...orNull(seen.identity, 'givenName', 'familyName'),
    of: started.source ?? null,
    ...orNull(started.data, 'programmeId', 'kind', 'startedOn'),
    ...referralTo(seen, started),
    ...advisedBy(seen, on),
    left: leftIn(seen, started, on),
  };
};

const referralTo = (seen: SeenItems, { source }: Started): Pick<OnProgrammeRow, 'route' | 'referredBy'> => {
  const referral = seen
    .of('referral.made')
    .filter(({ data }) => data.to === source)
    .at(-1);
  return { route: referral?.data.route ?? null, referredBy: referral?.source ?? null };
};

const advisedBy = (seen: SeenItems, on: IsoDate): Pick<OnProgrammeRow, 'adviserAssigned' | 'adviserRole'> => {
  const assigned = adviserIn(seen, on);
  return { adviserAssigned: assigned !== undefined, adviserRole: assigned?.data.role ?? null };
};

const leftIn = (seen: SeenItems, { source, data: { programmeId } }: Started, on: IsoDate): LeftRow | null => {
  const isOf = (one: { readonly source: AgencySlug | undefined; readonly data: { readonly programmeId?: string } }): boolean =>
    one.source === source && one.data.programmeId === programmeId;
  const early = seen.of('programme.left-early').find(isOf);
  if (early?.data.leftOn !== undefined && early.data.leftOn <= on) {
    const { code, group } = reasonIn(early.data);
    return { on: early.data.leftOn, reason: code ?? group };
  }
  const moved = seen.of('programme.moved-on').find(isOf);
  return moved && isBy(moved.data.on, on) ? { ...orNull(moved.data, 'on'), reason: null } : null;
};

export const isChosen = ({ of, adviserAssigned }: OnProgrammeRow, chosen: Chosen): boolean => {
  const { provider = of, linked = String(adviserAssigned) } = chosen;
  return of === provider && String(adviserAssigned) === linked;
};

const rank = ({ left, adviserAssigned }: OnProgrammeRow): number => (left === null ? 0 : 2) + (adviserAssigned ? 1 : 0);

/** Who is still there first, of these who has no adviser; then who started last. */
export const onProgrammeOrder = (one: OnProgrammeRow, other: OnProgrammeRow): number =>
  rank(one) - rank(other) || (other.startedOn ?? '').localeCompare(one.startedOn ?? '');
