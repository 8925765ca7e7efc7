// What answers about a learner hold, as schemas. The members are held against the types that the gate answers with.
import { CATEGORIES, type Schema } from '#catalogue';
import { type AnswerItem, MERGED_IDENTITY_TYPE } from '#disclosure';
import type { Level } from '#sharing-protocols';
import { objectOf, plainObject, ref, type Schemas } from './openapi.ts';

export const REF = "The learner: `uln:<10 digits>`, `local:<the agency's own learner id>`, or the agency's pseudonym.";
const CLAUSE = '^(?:own|[a-z0-9-]+@[0-9]+#[A-Za-z0-9-]+)$';
const LEVELS: readonly Level[] = ['full', 'summary', 'existence'];
export const STATUSES: readonly NonNullable<AnswerItem['status']>[] = ['superseded', 'rectified', 'disputed', 'retracted'];

/** What an answer or a feed may hold: what agencies send, and what the broker makes of it. */
export const itemType: Schema = {
  anyOf: [ref('EventType'), { const: MERGED_IDENTITY_TYPE }],
  description: "A type of the event catalogue, or the broker's own merged identity.",
};

const ITEM: Schema = objectOf<AnswerItem>(
  {
    id: {
      type: 'string',
      pattern: '^[A-Za-z0-9_-]{22}$',
      description: "Pairwise: the asking agency's own name for the item; two agencies' differ. Absent on the merged identity.",
    },
    type: ref('ItemType'),
    source: {
      type: 'string',
      description: 'The contributing agency; absent on the merged identity, and where whose it is would tell too much.',
    },
    category: { type: 'string', enum: CATEGORIES },
    position: { ...ref('Position'), description: "Of the asking agency's own items alone." },
    time: {
      anyOf: [
        { type: 'string', format: 'date-time' },
        { type: 'string', format: 'date' },
      ],
      description:
        "When it happened, as the contributing agency says: of the asking agency's own items the moment, of others' the day in London. Absent on the merged identity.",
    },
    clause: {
      type: 'string',
      pattern: CLAUSE,
      description: 'What permits it: `protocol@version#clause`, or `own` for what the asking agency contributed itself.',
    },
    basis: { type: 'string', description: 'Lawful basis under UK GDPR, as `6(1)(e), 9(2)(g)`; `own`; or `not personal`.' },
    level: { type: 'string', enum: LEVELS, description: 'How much of the data is shown.' },
    purpose: { type: 'string', description: 'Which of the purposes asked for permitted it; absent for what is the agency’s own.' },
    status: { type: 'string', enum: STATUSES, description: 'Present where it is no longer the current one.' },
    confirmed: {
      const: false,
      description: 'Present where the contributing agency does not stand with the learner: nobody has confirmed it yet.',
    },
    disputed: { const: true, description: 'Present where it is disputed.' },
    data: {
      type: 'object',
      description:
        'The data of the event (schema `<Type>V<N>Data`), minimised as the clause says; of the merged identity its fields, and in `statedOn` the day of each.',
    },
  },
  ['type', 'category', 'clause', 'basis', 'level', 'data'],
  'One event about the learner, or the learner’s merged identity, as far as this agency may see it for these purposes.',
);

export interface AnswerBody {
  readonly learner: string;
  readonly purposes: readonly string[];
  readonly items: readonly AnswerItem[];
  readonly next?: string;
}

export const learnerSchemas: Schemas = {
  Item: ITEM,
  ItemType: itemType,
  LookupRequest: plainObject({ ref: { type: 'string', minLength: 1, maxLength: 500, description: REF } }, ['ref']),
  Lookup: plainObject(
    { learner: { type: 'string', description: "The asking agency's own pseudonym for the learner; it may be used as `ref`." } },
    ['learner'],
  ),
  Passport: objectOf<AnswerBody>(
    {
      learner: {
        type: 'string',
        description: "The asking agency's own pseudonym for the learner: two agencies' differ. It may be used as `ref`.",
      },
      purposes: { type: 'array', minItems: 1, maxItems: 20, items: { type: 'string' } },
      items: { type: 'array', maxItems: 500, items: ref('Item') },
      next: { type: 'string', description: 'Present where there are further items: the `cursor` of the next page.' },
    },
    ['learner', 'purposes', 'items'],
    'What this agency may see about the learner for the purposes named. Each item cites the clause that permitted it.',
  ),
};
