// An item as an answer shows it.
import { type CloudEvent, frameworkCode, groupByCode, isFramework, shippedCodes } from '#catalogue';
import { addDays, type AgencySlug, type IsoDate, type Position } from '#kernel';
import { pairwiseItemId } from '#privacy';
import { type CodeGroups, dataShown, type Permit } from '#sharing-protocols';
import { type AnswerItem, MERGED_IDENTITY_TYPE } from './answer.ts';
import { type AnswerTo, unranked, withoutNames, withPairwiseIds } from './answer-masks.ts';
import type { PermittedItem } from './decide-answer.ts';
import { basisOf } from './disclosure-log.ts';

// Minimised as the clause says, and without what two recipients could join it on.

/** An item as it was recorded. */
export interface Opened {
  readonly event: Pick<CloudEvent, 'type' | 'source' | 'time' | 'data'>;
  readonly position: Position;
  /** In London, on which it happened. */
  readonly day: IsoDate;
  /** Its name as the last who was told of it knows it: each takes a keyed fingerprint to make. */
  told?: { readonly recipient: AgencySlug; readonly id: string };
}

type Ground = Pick<AnswerItem, 'clause' | 'basis' | 'level' | 'purpose'>;
type Data = AnswerItem['data'];

export const answerItem = ({ item, permit }: PermittedItem, opened: Opened, to: AnswerTo): AnswerItem => {
  const { event, position, day } = opened;
  const own = permit.clause === 'own';
  return {
    id: idOf(opened, to),
    type: event.type,
    ...(permit.disguised ? {} : { source: event.source }),
    category: item.category,
    ...(own ? { position: String(position), time: event.time } : { time: day }),
    ...groundOf(permit),
    ...marksOf(item, own),
    data: own ? event.data : shownData(permit, without(event.data, item.withheld), to),
  };
};

const idOf = (opened: Opened, { names, recipient }: AnswerTo): string => {
  if (opened.told?.recipient !== recipient) opened.told = { recipient, id: pairwiseItemId(names, recipient, opened.position) };
  return opened.told.id;
};

/** Told to be withheld, or replaced by what was. */
const without = (data: Data, fields: readonly string[] | undefined): Data =>
  fields === undefined ? data : Object.fromEntries(Object.entries(data).filter(([name]) => !fields.includes(name)));

/** What the merged identity says, and the day on which each field was stated. */
export interface MergedValues {
  readonly values: Data;
  readonly days: Readonly<Record<string, IsoDate>>;
}

/** The learner's one identity, made by the broker: of nobody's event, so without id, source, position and time. */
export const mergedIdentityItem = (permit: Permit, { values, days }: MergedValues, to: AnswerTo): AnswerItem => {
  const shown = shownData(permit, values, to);
  const statedOn = Object.fromEntries(Object.entries(days).filter(([field]) => field in shown));
  return { type: MERGED_IDENTITY_TYPE, category: 'identity', ...groundOf(permit), data: { ...shown, statedOn } };
};

const groundOf = (permit: Permit): Ground => ({
  clause: permit.clause,
  basis: basisOf(permit),
  level: permit.level,
  ...(permit.purpose === undefined ? {} : { purpose: permit.purpose }),
});

const marksOf = ({ status, confirmed }: PermittedItem['item'], own: boolean): Pick<AnswerItem, 'status' | 'confirmed' | 'disputed'> => ({
  ...(status === undefined ? {} : { status }),
  ...(confirmed === false && !own ? { confirmed } : {}),
  ...(status === 'disputed' ? { disputed: true } : {}),
});

const NOBODY: ReadonlySet<string> = new Set();

const shownData = (permit: Permit, data: Data, to: AnswerTo): Data => {
  const plain = plainly(permit, data, to);
  return permit.withoutIdentity ? withPairwiseIds(withoutNames(plain, to.called?.() ?? NOBODY), to) : plain;
};

/** With the ids as their agencies gave them. */
const plainly = (permit: Permit, data: Data, { uln, recipient }: Pick<AnswerTo, 'uln' | 'recipient'>): Data => {
  const told = permit.level === 'existence' ? withValidity(data) : data;
  const supplied = uln !== undefined && data['uln'] === uln ? ['uln'] : [];
  const shown = dataShown(permit, told, { supplied, groups: groups(), recipient });
  return permit.ownChoice ? unranked(shown) : shown;
};

/** Of an item of another agency, which its clause shows with its ids, as much of these data as the recipient is shown. */
export const shownOf = ({ item, permit }: PermittedItem, data: Data, to: Pick<AnswerTo, 'uln' | 'recipient'>): Data =>
  plainly(permit, without(data, item.withheld), to);

let codeGroups: CodeGroups | undefined;

const groups = (): CodeGroups =>
  (codeGroups ??= {
    'reason-groups': groupByCode(shippedCodes()['reason-groups']),
    'activity-groups': groupByCode(shippedCodes()['activity-groups']),
  });

/** That an assessment exists says little without how long it counts: where its source left that out, the framework says. */
const withValidity = (data: Data): Data => {
  const { framework, assessedOn, validUntil } = data;
  if (validUntil !== undefined || typeof assessedOn !== 'string' || typeof framework !== 'string' || !isFramework(framework)) return data;
  return { ...data, validUntil: addDays(assessedOn, frameworkCode(framework).validDays) };
};
