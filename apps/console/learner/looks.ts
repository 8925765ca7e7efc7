// Who has seen a learner's record, a line a look (console.md, 4.4 and 7): who, what, when, why, and on which ground.
import type { Language } from '../words/index.ts';
import { kindName, listed, lookerName, type Wording } from './names.ts';
import type { WordKey } from './words.ts';

interface Shown {
  readonly category: string;
}

export interface Decision {
  readonly position: string;
  readonly at: string;
  readonly recipient: string;
  readonly route: string;
  readonly outcome: string;
  /** What was asked for. */
  readonly asked: string;
  /** Why an officer asked. */
  readonly reason?: string;
  /** What there was with that agency on that day, of a look by its staff. */
  readonly meeting?: string;
  readonly permitted: readonly {
    readonly clause: string;
    readonly basis: string;
    readonly purpose?: string;
    /** `id`: of whoever recorded it, and its own. */
    readonly consent?: { readonly id: string };
    readonly items: readonly Shown[];
  }[];
  readonly withdrawn: readonly Shown[];
}

export interface Look {
  readonly position: string;
  readonly at: string;
  readonly who: string;
  /** Slug, of an agency: it can be asked. */
  readonly agency?: string;
  readonly says: WordKey;
  readonly what: string;
  readonly why?: string;
  /** As whoever looked wrote it. */
  readonly reason?: string;
  readonly ground?: WordKey;
  /** The day on which the learner agreed, where that is the ground. */
  readonly agreed?: string;
  /** Asks whether it was part of that. */
  readonly meeting?: WordKey;
}

/** A purpose in the words of its agreement. */
export type SentenceOf = (purpose: string) => string | undefined;

/** What the learner's pages know beside what was decided. */
export interface Beside {
  readonly sentenceOf: SentenceOf;
  /** On which day the learner gave a consent, by its name in decisions. */
  readonly agreedOn: (consent: string) => string | undefined;
}

const OWN_LOOKS = 'operator:learner';

const what = (language: Language, items: readonly Shown[]): string =>
  listed(language, [...new Set(items.map(({ category }) => kindName(language, category)))]);

type Ground = Pick<Look, 'agreed'> & { readonly ground: WordKey };

const groundOf = ({ consent, basis }: Decision['permitted'][number], { agreedOn }: Beside): Ground => {
  if (consent === undefined) return { ground: basis.startsWith('6(1)(e)') ? 'seen.task' : 'seen.law' };
  const agreed = agreedOn(consent.id);
  return agreed === undefined ? { ground: 'seen.yes' } : { ground: 'seen.yesOn', agreed };
};

/** One's own looks are left out, and what an agency was shown of its own. */
export const looksIn = (decisions: readonly Decision[], wording: Wording, beside: Beside): readonly Look[] =>
  decisions.filter(({ recipient }) => recipient !== OWN_LOOKS).flatMap((one) => looksOf(one, wording, beside));

/** Of what lies beside the record. */
const LOOKS: Readonly<Record<string, WordKey>> = { 'sign-in-code': 'seen.code' };

/** An officer had the name shown for a pseudonym. */
const SHOW_WHO = 'who';

type Common = Pick<Look, 'position' | 'at' | 'who' | 'agency'>;

const looksOf = (decision: Decision, wording: Wording, beside: Beside): readonly Look[] => {
  const { position, at, recipient, route, asked, outcome } = decision;
  const common = { position, at, who: lookerName(wording, recipient), ...(!recipient.includes(':') && { agency: recipient }) };
  if (route === 'look') return outcome === 'answered' ? [{ ...common, says: LOOKS[asked] ?? 'seen.checked', what: '' }] : [];
  if (outcome !== 'answered') return [{ ...common, says: 'seen.refused', what: '' }];
  return asked === SHOW_WHO ? [nameLook(decision, common)] : itemLooks(decision, common, { language: wording.language, ...beside });
};

const nameLook = ({ reason }: Decision, common: Common): Look => ({
  ...common,
  says: 'seen.name',
  what: '',
  ...(reason !== undefined && { reason }),
  ground: 'seen.law',
});

const MEETINGS: Readonly<Record<string, WordKey>> = {
  review: 'seen.atReview',
  'follow-up': 'seen.atFollowUp',
  'review-planned': 'seen.atReviewPlanned',
};

const meetingOf = ({ meeting = '' }: Decision): Pick<Look, 'meeting'> => {
  const asks = MEETINGS[meeting];
  return asks === undefined ? {} : { meeting: asks };
};

interface InWords extends Beside {
  readonly language: Language;
}

const itemLooks = (decision: Decision, common: Common, inWords: InWords): readonly Look[] => {
  const { language, sentenceOf } = inWords;
  const { route, permitted, withdrawn } = decision;
  const grounds = Map.groupBy(
    permitted.filter(({ clause }) => clause !== 'own'),
    (group) => JSON.stringify([groundOf(group, inWords), group.purpose]),
  );
  const shown = [...grounds.values()].flatMap((groups): Look[] => {
    const [first] = groups;
    if (first === undefined) return [];
    const why = first.purpose === undefined ? undefined : sentenceOf(first.purpose);
    const items = groups.flatMap((group) => group.items);
    const says = route === 'feed' ? 'seen.sent' : why === undefined ? 'seen.looked' : 'seen.lookedFor';
    const inCommon = { ...common, ...groundOf(first, inWords), ...meetingOf(decision) };
    return [{ ...inCommon, says, what: what(language, items), ...(why !== undefined && { why }) }];
  });
  const gone: Look[] = withdrawn.length === 0 ? [] : [{ ...common, says: 'seen.gone', what: what(language, withdrawn) }];
  return [...shown, ...gone];
};
