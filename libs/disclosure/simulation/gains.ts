// What agencies would be shown of one learner, and no longer be shown, were other terms in force: two decisions about each item, compared.
import type { Role } from '#catalogue';
import type { Agency } from '#agencies';
import type { AgencySlug, LearnerId, Revision } from '#kernel';
import type { RecordItem } from '#learner-record';
import type { Permit, Route } from '#sharing-protocols';
import {
  type AccessContext,
  contributedTo,
  decideAnswer,
  isRelated,
  knownIn,
  type LearnerAtMoment,
  MERGED,
  type PermittedItem,
} from '../decide-answer.ts';
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

/** A purpose, and which items may be decided otherwise for it. */
interface TouchedFor {
  readonly purpose: string;
  readonly touches: (item: RecordItem) => boolean;
}

interface Reached {
  readonly agency: Agency;
  readonly roles: readonly Role[];
  readonly purposes: readonly TouchedFor[];
}

/** To whom, and for which purposes, something may be decided otherwise: of all else nothing need be decided twice. */
export interface Reach {
  readonly recipients: readonly Reached[];
  /** Of an agency's officer: what reaches that agency, or comes from it, alone. */
  readonly of?: AgencySlug | undefined;
}

const PAGE = { after: 0, limit: Number.MAX_SAFE_INTEGER };
export const ROUTES: readonly Route[] = ['learner', 'list'];

type Shown = ReadonlyMap<Revision, PermittedItem>;

/** By whichever route: whoever has nothing to do with the learner may be shown something in a list. */
const shownFor = (context: AccessContext, { purpose, touches }: TouchedFor, known: boolean): Shown => {
  const shown = new Map<Revision, PermittedItem>();
  for (const route of known ? ROUTES : ROUTES.slice(1)) {
    const { permitted } = decideAnswer(context, { purposes: [purpose], route, wants: touches, page: PAGE });
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

export const changesFor = (moment: LearnerAtMoment, terms: Terms, { recipients, of }: Reach): readonly ChangedDisclosure[] => {
  const items = [MERGED, ...knownIn(moment).items];
  return recipients.flatMap((reached) => {
    const purposes = reached.purposes.filter(({ touches }) => items.some(touches));
    return purposes.length === 0 ? [] : changesTowards(moment, terms, { ...reached, purposes, of });
  });
};

const changesTowards = (
  moment: LearnerAtMoment,
  terms: Terms,
  { agency, roles, purposes, of }: Reached & Pick<Reach, 'of'>,
): readonly ChangedDisclosure[] => {
  const under = (inForce: InForce): AccessContext => ({ ...moment, inForce, reader: agency });
  const [before, after] = [under(terms.before), under(terms.after)];
  const known = [before, after].some((context) => isRelated(context) || contributedTo(context));
  const told = { learner: moment.file.id, recipient: agency.slug, roles };
  return purposes.flatMap((asked) =>
    changedItems(shownFor(before, asked, known), shownFor(after, asked, known)).flatMap(({ change, shown: { item, permit } }) =>
      concerns(of, agency.slug, item.source)
        ? [
            {
              ...told,
              change,
              purpose: asked.purpose,
              item: item.type,
              category: item.category,
              source: item.source,
              clause: permit.clause,
            },
          ]
        : [],
    ),
  );
};

interface ChangedItem {
  readonly change: Change;
  /** As it would be shown; of what is lost, as it is. */
  readonly shown: PermittedItem;
}

const changedItems = (then: Shown, now: Shown): readonly ChangedItem[] =>
  [...new Set([...then.keys(), ...now.keys()])].flatMap((place) => {
    const [one, other] = [then.get(place), now.get(place)];
    const [change, shown] = [changeOf(one, other), other ?? one];
    return change === undefined || shown === undefined ? [] : [{ change, shown }];
  });

const concerns = (of: AgencySlug | undefined, recipient: AgencySlug, source: AgencySlug): boolean =>
  of === undefined || of === recipient || of === source;
