// One permitted item as its recipient sees it: minimised as the clause says, and without what two recipients could join it on.
import { type CloudEvent, frameworkCode, isFramework } from '#catalogue';
import { addDays, type IsoDate, type Position } from '#kernel';
import { pairwiseItemId } from '#privacy';
import { applyFields, type Permit } from '#sharing-protocols';
import { type AnswerItem, MERGED_IDENTITY_TYPE } from './answer.ts';
import { type AnswerTo, disguised, ownChoices, withPairwiseIds } from './answer-masks.ts';
import { basisOf, type PermittedItem } from './decide-answer.ts';

/** An item as it was recorded. */
export interface Opened {
  readonly event: CloudEvent;
  readonly position: Position;
  /** In London, on which it happened. */
  readonly day: IsoDate;
}

type Ground = Pick<AnswerItem, 'clause' | 'basis' | 'level' | 'purpose'>;
type Data = AnswerItem['data'];

export const answerItem = ({ item, permit }: PermittedItem, opened: Opened, to: AnswerTo): AnswerItem => {
  const { event, position, day } = opened;
  const own = permit.clause === 'own';
  return {
    id: pairwiseItemId(to.names, to.recipient, position),
    type: event.type,
    ...(permit.disguised ? {} : { source: event.source }),
    category: item.category,
    ...(own ? { position: String(position), time: event.time } : { time: day }),
    ...groundOf(permit),
    ...marksOf(item, own),
    data: own ? event.data : shownData(permit, opened, to),
  };
};

/** The learner's one identity, made by the broker: of nobody's event, so without id, source, position and time. `data` is minimised already. */
export const mergedIdentityItem = (permit: Permit, data: Data): AnswerItem => ({ type: MERGED_IDENTITY_TYPE, category: 'identity', ...groundOf(permit), data });

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

const shownData = (permit: Permit, { event }: Opened, to: AnswerTo): Data => {
  const { disguised: routes } = permit;
  const masks = [
    ...(permit.ownChoice ? [(data: Data) => ownChoices(data, to.recipient)] : []),
    ...(routes ? [(data: Data) => disguised(data, routes)] : []),
    ...(permit.withoutIdentity ? [(data: Data) => withPairwiseIds(data, to)] : []),
  ];
  return masks.reduce<Data>((data, mask) => mask(data), minimised(permit, event.data, to.supplied));
};

const minimised = ({ fields, level }: Permit, data: Data, supplied: readonly string[]): Data =>
  applyFields(fields, level, level === 'existence' ? withValidity(data) : data, { supplied });

/** That an assessment exists says little without how long it counts: where its source left that out, the framework says. */
const withValidity = (data: Data): Data => {
  const { framework, assessedOn, validUntil } = data;
  if (validUntil !== undefined || typeof assessedOn !== 'string' || typeof framework !== 'string' || !isFramework(framework)) return data;
  return { ...data, validUntil: addDays(assessedOn, frameworkCode(framework).validDays) };
};
