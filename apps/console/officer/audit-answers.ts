// What the broker answers to data protection officers, as its OpenAPI document gives it.

export interface Named {
  /** The office's own pseudonym. */
  readonly learner: string;
  readonly localId?: string;
}

export interface AuditedItem {
  readonly type: string;
  readonly category: string;
  readonly source?: string;
  readonly position?: string;
  readonly recordedOn?: string;
}

export interface Permitted {
  readonly clause: string;
  readonly level: string;
  readonly basis: string;
  readonly purpose?: string;
  readonly consent?: { readonly id: string; readonly revision: number };
  readonly fields?: readonly string[];
  readonly items: readonly AuditedItem[];
}

export interface Refused {
  readonly lacks: string;
  readonly clause?: string;
  readonly items: readonly AuditedItem[];
}

export interface Decision extends Partial<Named> {
  readonly position: string;
  readonly at: string;
  readonly recipient: string;
  readonly staff?: string;
  readonly route: string;
  readonly asked: string;
  readonly purposes: readonly string[] | 'any';
  readonly reason?: string;
  readonly outcome: string;
  readonly permitted: readonly Permitted[];
  readonly refused: readonly Refused[];
  readonly withdrawn: readonly AuditedItem[];
}

export interface Decisions {
  readonly decisions: readonly Decision[];
  readonly total: number;
  readonly next?: string;
}

export interface Consent {
  readonly id: string;
  readonly capturedBy: string;
  readonly status: string;
  readonly protocol: string;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  readonly recipients: readonly string[];
  readonly givenBy?: string;
  readonly method?: string;
  readonly notice?: { readonly id: string; readonly version: string; readonly language: string };
  readonly evidence: boolean;
  readonly validFrom: string;
  readonly expires?: string;
  readonly recordedAt: string;
  readonly changedAt: string;
  readonly counts: boolean;
  readonly reliedOn: number;
}

interface Placed {
  readonly position: string;
  readonly at: string;
  readonly recipient: string;
}

export interface Notice {
  readonly notice: string;
  readonly recipient: string;
  readonly issuedAt: string;
  readonly due: string;
  readonly state: 'open' | 'overdue' | 'acknowledged';
  readonly acknowledgedOn?: string;
  readonly action?: string;
  readonly days: number;
}

export interface Withdrawal {
  readonly position: string;
  readonly at: string;
  readonly by?: string;
  readonly onOwnPage: boolean;
  readonly capturedBy?: string;
  readonly lastBefore?: Placed;
  readonly firstAfter?: Placed & { readonly became: string; readonly clause?: string; readonly level?: string };
  readonly reliedOnAfter: number;
  readonly tombstones: readonly (Placed & { readonly seconds: number; readonly items: number })[];
  readonly awaited: readonly string[];
  readonly stoppedAt?: string;
  readonly seconds?: number;
  readonly notices: readonly Notice[];
}

export interface ConsentLife extends Named, Consent {
  readonly steps: readonly {
    readonly kind: string;
    readonly position: string;
    readonly at: string;
    readonly saidAt: string;
    readonly by?: string;
    readonly onOwnPage: boolean;
    readonly capturedBy?: string;
    readonly expires?: string;
    readonly counts: boolean;
  }[];
  readonly bands: readonly { readonly status: string; readonly from: string; readonly until?: string }[];
  readonly relied: readonly (Placed & {
    readonly staff?: string;
    readonly route: string;
    readonly asked: string;
    readonly clause: string;
    readonly basis: string;
    readonly purpose?: string;
    readonly revision: number;
    readonly categories: readonly string[];
    readonly items: number;
  })[];
  readonly lanes: readonly { readonly recipient: string; readonly disclosures: number; readonly first: string; readonly last: string }[];
  readonly withdrawal?: Withdrawal;
}

export type ConsentStep = ConsentLife['steps'][number];

export interface Why {
  readonly decision: Decision;
  readonly clauses: readonly {
    readonly clause: string;
    readonly says: string;
    readonly basis: string;
    readonly held: boolean;
    readonly agreed?: { readonly position: string; readonly on: string };
  }[];
  readonly consents: readonly { readonly id: string; readonly revision: number; readonly steps: readonly ConsentStep[] }[];
  readonly relationships: readonly { readonly relationship: string; readonly events: readonly AuditedItem[] }[];
  readonly registration: readonly AuditedItem[];
}

export interface Overview extends Named {
  readonly consents: readonly Consent[];
  readonly rights: readonly {
    readonly kind: string;
    readonly at: string;
    readonly capturedBy: string;
    readonly scope: Readonly<Record<string, readonly string[]>>;
    readonly stands?: boolean;
  }[];
  readonly identity: readonly { readonly type: string; readonly at: string; readonly capturedBy: string; readonly position: string }[];
  readonly withheld: readonly (AuditedItem & { readonly statedAt: string; readonly ground?: string; readonly until: string })[];
  readonly counts: {
    readonly decisions: number;
    readonly answered: number;
    readonly refused: number;
    readonly looks: number;
    readonly latest?: string;
    readonly notices: { readonly open: number; readonly overdue: number; readonly acknowledged: number };
  };
}

export interface AsOf extends Named {
  readonly agency: string;
  readonly day: string;
  readonly purpose: string;
  readonly at: string;
  readonly outcome: string;
  readonly permitted: readonly Permitted[];
  readonly refused: readonly Refused[];
}

export interface Found {
  readonly found: readonly (Named & {
    readonly kind: string;
    readonly decision?: string;
    readonly consent?: string;
    readonly event?: string;
    readonly type?: string;
    readonly staff?: string;
  })[];
  /** There is more by that name. */
  readonly more?: boolean;
}

export interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly next?: string;
}

export interface Summary {
  readonly at: string;
  readonly notices: { readonly open: number; readonly overdue: number; readonly oldestDue?: string };
  readonly withdrawals: number;
  readonly refusals: { readonly refused: number; readonly more: boolean };
  readonly questions: { readonly open: number; readonly overdue: number; readonly due?: string };
  readonly protocols: readonly { readonly protocol: string; readonly version: number; readonly status: string; readonly due: string }[];
  readonly log: { readonly position: string; readonly viewPosition: string };
}

export interface QuestionRow extends Named {
  readonly position: string;
  readonly kind: 'question' | 'complaint';
  readonly id: string;
  readonly about: string;
  readonly askedOn: string;
  readonly state: 'waiting' | 'acknowledged' | 'answered';
  readonly acknowledgeBy?: string;
  readonly acknowledgedOn?: string;
  readonly answerBy: string;
  readonly answeredOn?: string;
  readonly due?: string;
  readonly overdue: boolean;
}

export interface Question extends QuestionRow {
  readonly regarding?: string;
  readonly text: string;
  readonly answers: readonly {
    readonly kind: 'acknowledgement' | 'answer';
    readonly text: string;
    readonly on: string;
    readonly due?: string;
  }[];
  readonly answerAs?: string;
  readonly of: string;
}

/** Who takes part. */
export interface Agencies {
  readonly agencies: readonly { readonly slug: string; readonly name: string }[];
}
