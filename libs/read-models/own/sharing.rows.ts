// What a learner's page of sharing says, row by row, and its description.
import type { StopAt } from '#disclosure';
import type { IsoDate } from '#kernel';
import { code, count, day, type Fields, type FieldsOf, flag, group, groups, text, texts } from '../lists/index.ts';

export interface ScopeRow {
  readonly protocol: string | null;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  readonly recipients: readonly string[];
}

export interface NoticeRow {
  readonly issuedOn: IsoDate;
  readonly due: IsoDate;
  readonly answeredOn: IsoDate | null;
  readonly action: string | null;
}

export interface StopRow {
  readonly agency: string;
  readonly seen: number;
  readonly lastSeenOn: IsoDate | null;
  readonly refused: number;
  readonly lastRefusedOn: IsoDate | null;
  readonly shownSince: number;
  readonly knowsSince: boolean;
  readonly feed: StopAt['feed'];
  readonly toldToDeleteOn: IsoDate | null;
  readonly notice: NoticeRow | null;
}

export interface ChangeRow {
  readonly kind: string;
  readonly on: IsoDate | null;
  readonly by: string | null;
}

export interface ConsentRow extends ScopeRow {
  readonly consentId: string | null;
  readonly source: string | null;
  readonly status: string;
  readonly counts: boolean;
  readonly on: IsoDate | null;
  readonly since: IsoDate | null;
  readonly validFrom: IsoDate | null;
  readonly expires: IsoDate | null;
  readonly givenBy: string | null;
  readonly method: string | null;
  readonly notice: { readonly id: string; readonly version: string; readonly language: string } | null;
  readonly changes: readonly ChangeRow[];
  readonly stopped: readonly StopRow[];
}

export interface RequestRow extends ScopeRow {
  readonly id: string | null;
  readonly source: string | null;
  readonly on: IsoDate | null;
  readonly until: IsoDate | null;
  readonly state: 'waiting' | 'answered' | 'lapsed';
}

export interface GoesOnRow {
  readonly agency: string;
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly clause: string;
  readonly says: string;
  readonly basis: string;
  readonly objectable: boolean;
}

export interface KnownToRow {
  readonly agency: string;
  readonly knows: readonly string[];
  readonly stopped: readonly string[];
}

export interface OwnSharing {
  readonly consents: readonly ConsentRow[];
  readonly requests: readonly RequestRow[];
  readonly goesOn: readonly GoesOnRow[];
  readonly knownTo: readonly KnownToRow[];
}

const scopeFields: FieldsOf<ScopeRow> = {
  protocol: text('The agreement.'),
  purposes: texts('What for.'),
  categories: texts('What.'),
  recipients: texts('With whom: roles and slugs.'),
};

const stopFields: FieldsOf<StopRow> = {
  agency: text('Slug of the agency.'),
  seen: count('How often it was shown what rested on the consent.'),
  lastSeenOn: day('Day of the last time.'),
  refused: count('How often it asked since, and was told no, or less than before, for want of the consent.'),
  lastRefusedOn: day('Day of the last time.'),
  shownSince: count('How often it was shown as much of it since, on another ground.'),
  knowsSince: flag('Whether it was told since that there is something, and no more.'),
  feed: code(
    ['none', 'on-its-way', 'told-to-delete'],
    'Whether its feed had been sent something of it, and was told to delete that, or to keep less.',
  ),
  toldToDeleteOn: day('Day on which its feed was told.'),
  notice: group<NoticeRow>('What it was told and has to answer; null: nothing.', {
    issuedOn: day('Day on which it was told to stop using it.'),
    due: day('By when it has to answer.'),
    answeredOn: day('Day of which it says so; null: it has not answered.'),
    action: code(['deleted', 'stopped-using', 'nothing-held'], 'What it says that it did.'),
  }),
};

export const STATUSES = ['given', 'renewed', 'paused', 'expired', 'refused', 'withdrawn'] as const;

export const sharingFields: Fields = {
  consents: groups<ConsentRow>('The last recorded first.', {
    consentId: text('Its id.'),
    source: text('Slug of the agency that recorded it; name it in `of` to stop or pause it.'),
    ...scopeFields,
    status: code(STATUSES, 'How it stands.'),
    counts: flag('Whether anybody may rely on it now.'),
    on: day('Day on which it was given or refused.'),
    since: day('Day since which it stands as it does.'),
    validFrom: day('First day.'),
    expires: day('Last day; null: none was named.'),
    givenBy: code(['learner', 'parent-or-carer'], 'Who agreed.'),
    method: code(['signed-form', 'online', 'verbal-witnessed'], 'How.'),
    notice: group<NonNullable<ConsentRow['notice']>>('What was shown when it was asked for.', {
      id: text('Id of the notice.'),
      version: text('Its version.'),
      language: text('Its language.'),
    }),
    changes: groups<ChangeRow>('What was said of it since, the first first.', {
      kind: code(['withdrawn', 'paused', 'resumed', 'renewed', 'confirmed'], 'What.'),
      on: day('Day.'),
      by: text('Slug of the agency that recorded it.'),
    }),
    stopped: groups<StopRow>('Of one that was stopped or paused: what came of it, by agency.', stopFields),
  }),
  requests: groups<RequestRow>('Who asks to be agreed with; the last first.', {
    id: text('Name of the request, for this learner alone.'),
    source: text('Slug of the agency that asks.'),
    ...scopeFields,
    on: day('Day on which it asked.'),
    until: day('Last day on which an answer is awaited.'),
    state: code(['waiting', 'answered', 'lapsed'], 'What came of it.'),
  }),
  goesOn: groups<GoesOnRow>('What agencies may be shown without any consent, by agency.', {
    agency: text('Slug of the agency.'),
    purpose: text('What for.'),
    categories: texts('What.'),
    clause: text('`protocol@version#clause`.'),
    says: text('The clause in the words of the agreement.'),
    basis: text('Lawful basis, as `6(1)(e)`.'),
    objectable: flag('Whether the learner may object (UK GDPR Art 21).'),
  }),
  knownTo: groups<KnownToRow>('Who knows something of the learner, or knew it, by agency: as recorded decisions tell it.', {
    agency: text('Slug of the agency.'),
    knows: texts('Categories of what it told, and of what it was shown.'),
    stopped: texts('Of others what it was shown, and was told to delete or no longer to use.'),
  }),
};
