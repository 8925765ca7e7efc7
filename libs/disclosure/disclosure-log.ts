// The form in which decisions are stored, the grounds on which items were decided, and a token of a feed for how an item is shown.
import { createHash } from 'node:crypto';
import { LEARNERS_OWN } from '#access';
import type { AgencySlug, LearnerId, Revision } from '#kernel';
import type { Basis, Fields, Permit } from '#sharing-protocols';
import type { RecordedEvent } from '#event-store';
import type { Vault } from '#privacy';
import { openSealed, type Opens } from '#privacy/opening';
import type { PlainEvent } from '#unit-of-work';
import { type LearnerState, ulnSuppliedBy } from '#learners';
import { MERGED_IDENTITY_REVISION } from './answer.ts';
import { type DecidedAnswer, knownIn, type LearnerAtMoment, type PermittedItem } from './decide-answer.ts';
import { DISCLOSURE_DECIDED, type DisclosureDecided, type Given, type PermittedItems, type RefusedItems } from './decision-record.ts';

// What items are permitted or refused on, as the log keeps it: items on the same ground together, so that a record grows with grounds.

/** `6(1)(e), 9(2)(a)` as the sharing matrix writes it. */
export const basisText = (basis: Basis): string => {
  const known = basisTexts.get(basis);
  if (known !== undefined) return known;
  const { article6, article9, article10 } = basis;
  const text = [
    article6 === 'none' ? 'not personal' : `6(1)(${article6})`,
    ...(article9 === undefined ? [] : [`9(2)(${article9})`]),
    ...(article10 === undefined ? [] : ['Art 10']),
  ].join(', ');
  basisTexts.set(basis, text);
  return text;
};

/** A basis belongs to the compiled table, as fields do. */
const basisTexts = new WeakMap<Basis, string>();

/** Under which a consent stands where those are counted that relied on it, by its name; and where it is looked for, by its id. */
export const consentDigest = (name: string): string => createHash('sha256').update(name).digest('base64url').slice(0, 22);

export const basisOf = (permit: Permit): string => (permit.clause === 'own' ? 'own' : basisText(permit.basis));

export const groupPermitted = (permitted: readonly PermittedItem[]): readonly PermittedItems[] => {
  const groups = new Map<string, PermittedItems & { items: Revision[] }>();
  for (const { item, permit } of permitted) {
    const key = groundKey(permit);
    const group = groups.get(key);
    if (group) group.items.push(item.revision);
    else groups.set(key, { ...groundOf(permit), items: [item.revision] });
  }
  return [...groups.values()];
};

const fieldsTexts = new WeakMap<Fields, string>();

/** Fields belong to the compiled table: one object for all items shown alike. */
export const fieldsText = (fields: Fields): string => {
  const known = fieldsTexts.get(fields);
  if (known !== undefined) return known;
  const text = JSON.stringify(fields);
  fieldsTexts.set(fields, text);
  return text;
};

/** No part but the id of a consent holds a line break, and that comes last. */
const groundKey = ({ clause, level, purpose = '', consent, fields }: Permit): string =>
  `${clause}\n${level}\n${purpose}\n${fieldsText(fields)}\n${consent?.revision ?? ''}\n${consent?.id ?? ''}`;

const groundOf = (permit: Permit): Omit<PermittedItems, 'items'> => ({
  clause: permit.clause,
  level: permit.level,
  basis: basisOf(permit),
  ...(permit.purpose === undefined ? {} : { purpose: permit.purpose }),
  ...(permit.consent === undefined ? {} : { consent: permit.consent }),
  ...(permit.fields.only === undefined ? {} : { fields: permit.fields.only }),
});

export const groupRefused = (refused: DecidedAnswer['refused']): readonly RefusedItems[] => {
  const groups = new Map<string, RefusedItems & { items: Revision[] }>();
  for (const { item, decision } of refused) {
    const [reason] = decision.reasons;
    const ground = { lacks: reason?.lacks ?? ('no-clause' as const), ...(reason?.clause === undefined ? {} : { clause: reason.clause }) };
    const key = JSON.stringify(ground);
    const group = groups.get(key);
    if (group) group.items.push(item.revision);
    else groups.set(key, { ...ground, items: [item.revision] });
  }
  return [...groups.values()];
};

// The form in which decisions are stored: sealed under the learner's own key for the category `disclosure`.

export const DISCLOSURE_CATEGORY = 'disclosure';

interface Origin {
  readonly id: string;
  readonly correlation: string;
  readonly actor: string;
}

/** A decision about a learner, for the learner's disclosure stream. */
export const disclosureEvent = (
  { id, correlation, actor, learner }: Origin & { readonly learner: LearnerId },
  decided: DisclosureDecided,
): PlainEvent => ({
  id,
  type: DISCLOSURE_DECIDED,
  meta: { actor, correlation, schema: 1, owner: `learner-${learner}`, category: DISCLOSURE_CATEGORY },
  content: { json: decided },
});

/** Of a decision or a look, before it is opened: whoever asked is its actor. Learners look at the own record more often than anybody. */
export const isOfOthers = ({ meta }: Pick<RecordedEvent, 'meta'>): boolean => meta.actor !== LEARNERS_OWN;

/** Undefined where the learner was erased. Throws `VaultError`. */
export const openDecision = (event: RecordedEvent, keys: Opens): DisclosureDecided | undefined => {
  const { owner = '', category = '' } = event.meta;
  const plain = openSealed(keys, { owner, category }, event, event.payload);
  return plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as DisclosureDecided);
};

// A token for how an item is shown: where it is another one than before, the recipient has to be sent the item anew.

/** Raised whenever items take another form on the wire: then every partner is sent everything anew. */
const FORM = 1;
const LETTERS = 11;
const KEPT = 10_000;

/** What is the same for all items of a learner to one recipient. */
export interface Recipient {
  /** How many ids of its own it linked: the last of them goes with each item. */
  readonly localIds: number;
  readonly suppliedUln: boolean;
}

export const recipientOf = (learner: LearnerState, agency: AgencySlug): Recipient => ({
  localIds: learner.knownTo.filter((known) => known === agency).length,
  suppliedUln: ulnSuppliedBy(learner, agency) !== undefined,
});

export class FeedTokens {
  readonly #vault: Pick<Vault, 'blind'>;
  readonly #known = new Map<string, string>();

  constructor(vault: Pick<Vault, 'blind'>) {
    this.#vault = vault;
  }

  /**
   * 66 bits of a keyed fingerprint: it tells nothing of the ground, also to whoever reads the ledger. `content` is for what says another
   * thing without a new event of its own, such as the merged identity: what it is made of.
   */
  of({ item, permit }: PermittedItem, { localIds, suppliedUln }: Recipient, content = ''): string {
    const { clause, level, purpose = '', fields } = permit;
    const supplied = suppliedUln && fields.ifSupplied !== undefined ? 1 : 0;
    const shown = `${clause}\n${level}\n${purpose}\n${fieldsText(fields)}\n${masksOf(permit)}`;
    const ground = `${FORM}\n${shown}\n${item.category}\n${marksOf(item)}\n${supplied}\n${localIds}\n${content}`;
    return this.#known.get(ground) ?? this.#make(ground);
  }

  #make(ground: string): string {
    if (this.#known.size === KEPT) this.#known.clear();
    const token = this.#vault.blind('feed', ground).slice(0, LETTERS);
    this.#known.set(ground, token);
    return token;
  }
}

/** What a clause shows otherwise than it was told. */
const masksOf = ({ withoutIdentity, disguised, ownChoice }: Permit): string =>
  [String(withoutIdentity), String(ownChoice ?? false), ...(disguised ?? [])].join(' ');

const marksOf = ({ status, confirmed = true, withheld = [] }: PermittedItem['item']): string =>
  [status ?? '', confirmed ? '' : 'unconfirmed', ...withheld].join(' ');

// Who gave what by a decision: noted as it is recorded, so that flows can be counted without looking at each learner's record again.

/** Each once. What the recipient contributed itself is left out. `sent`: on a feed, what left of all that is permitted. */
export const givenIn = (
  moment: LearnerAtMoment,
  permitted: readonly PermittedItem[],
  sent?: readonly Revision[],
): { readonly given?: readonly Given[] } => {
  const left = sent && new Set(sent);
  const others = permitted.filter(({ permit, item }) => permit.clause !== 'own' && left?.has(item.revision) !== false);
  const given = others.flatMap((one) => sourcesOf(moment, one).map((source) => givenBy(source, one)));
  const once = new Map(given.map((each) => [each.join('\n'), each]));
  return once.size === 0 ? {} : { given: [...once.values()] };
};

const givenBy = (source: AgencySlug, { item, permit }: PermittedItem): Given => {
  const ground = [source, item.category, basisOf(permit)] as const;
  return permit.consent === undefined ? ground : [...ground, 'consent'];
};

/** The merged identity is of everybody who stated some of it. */
const sourcesOf = (moment: LearnerAtMoment, { item }: PermittedItem): readonly AgencySlug[] => {
  if (item.revision !== MERGED_IDENTITY_REVISION) return [item.source];
  const stated = knownIn(moment).items.filter(({ category }) => category === 'identity');
  return [...new Set(stated.map(({ source }) => source))];
};
