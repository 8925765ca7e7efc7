// What agencies would be shown of one learner, and no longer be shown, were other terms in force: two decisions about each item, compared.
import type { Role } from '#catalogue';
import type { Agency } from '#agencies';
import type { AgencySlug, LearnerId, Revision } from '#kernel';
import type { Permit, Route } from '#sharing-protocols';
import { type AccessContext, contributedTo, decideAnswer, isRelated, type LearnerAtMoment, type PermittedItem } from '../decide-answer.ts';
import type { InForce } from '../in-force.ts';

export const CHANGES = ['gained', 'lost', 'otherwise'] as const;
/** `otherwise`: it is shown before and after, and more or less of it. */
export type Change = (typeof CHANGES)[number];

/** One item that one agency may be shown for one purpose, before or after. */
export interface ChangedDisclosure {
  readonly learner: LearnerId;
  readonly recipient: AgencySlug;
  readonly roles: readonly Role[];
  readonly change: Change;
  readonly purpose: string;
  /** Short type, or `learner.identity`. */
  readonly item: string;
  readonly category: string;
  readonly source: AgencySlug;
  readonly clause: string;
}

export interface Terms {
  readonly before: InForce;
  readonly after: InForce;
}

/** Between whom, and for which purposes, something may be decided otherwise. */
export interface Reach {
  readonly recipients: readonly { readonly agency: Agency; readonly roles: readonly Role[] }[];
  readonly purposes: readonly string[];
  /** Of an agency's officer: what reaches that agency, or comes from it, alone. */
  readonly of?: AgencySlug;
}

const PAGE = { after: 0, limit: Number.MAX_SAFE_INTEGER };
const ROUTES: readonly Route[] = ['learner', 'list'];

type Shown = ReadonlyMap<Revision, PermittedItem>;

/** By whichever route: whoever has nothing to do with the learner may be shown something in a list. */
const shownFor = (context: AccessContext, purpose: string, known: boolean): Shown => {
  const shown = new Map<Revision, PermittedItem>();
  for (const route of known ? ROUTES : ROUTES.slice(1)) {
    const { permitted } = decideAnswer(context, { purposes: [purpose], route, wants: () => true, page: PAGE });
    for (const one of permitted) if (!shown.has(one.item.revision)) shown.set(one.item.revision, one);
  }
  return shown;
};

const asShown = ({ level, fields, withoutIdentity, disguised }: Permit): string =>
  JSON.stringify([level, fields, withoutIdentity, disguised]);

const changeOf = (before: PermittedItem | undefined, after: PermittedItem | undefined): Change | undefined => {
  if (before === undefined) return 'gained';
  if (after === undefined) return 'lost';
  return asShown(before.permit) === asShown(after.permit) ? undefined : 'otherwise';
};

export const changesFor = (
  moment: LearnerAtMoment,
  { before, after }: Terms,
  { recipients, purposes, of }: Reach,
): readonly ChangedDisclosure[] =>
  recipients.flatMap(({ agency, roles }) => {
    const contexts = [before, after].map((inForce): AccessContext => ({ ...moment, inForce, reader: agency }));
    const known = contexts.some((context) => isRelated(context) || contributedTo(context));
    return purposes.flatMap((purpose) => {
      const [then = new Map(), now = new Map()] = contexts.map((context) => shownFor(context, purpose, known));
      const places = new Set([...then.keys(), ...now.keys()]);
      return [...places].flatMap((place) => {
        const [one, other] = [then.get(place), now.get(place)];
        const change = changeOf(one, other);
        const shown = other ?? one;
        if (change === undefined || shown === undefined || !concerns(of, agency.slug, shown)) return [];
        const { type: item, category, source } = shown.item;
        return [
          { learner: moment.file.id, recipient: agency.slug, roles, change, purpose, item, category, source, clause: shown.permit.clause },
        ];
      });
    });
  });

const concerns = (of: AgencySlug | undefined, recipient: AgencySlug, { item }: PermittedItem): boolean =>
  of === undefined || of === recipient || of === item.source;
