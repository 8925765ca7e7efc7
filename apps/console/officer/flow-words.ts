// Flows as their page tells them: agencies by name, codes as words, and each lawful basis as one of few kinds.
import { type NameOf, nameInWords } from '../broker/agency-names.ts';
import type { Flow } from '../pictures/who-gives-what.ts';

export interface FlowFigure {
  readonly source?: string;
  readonly category: string;
  readonly recipient: string;
  readonly basis: string;
  readonly reliesOnConsent: boolean;
  readonly count: number | 'c';
}

export interface UnusedFlow {
  readonly clauses: readonly string[];
  readonly from: 'any' | readonly string[];
  readonly category: string;
  readonly to: string;
  readonly basis: string;
  readonly reliesOnConsent: boolean;
}

export interface NamedAgency {
  readonly agency: string;
  readonly name: string;
  readonly roles: readonly string[];
}

export interface Flows {
  readonly from: string;
  readonly to: string;
  readonly counted: 'decisions' | 'learners';
  readonly flows: readonly FlowFigure[];
  readonly unused: readonly UnusedFlow[];
  readonly clauses: readonly { readonly clause: string; readonly decisions: number }[];
  readonly agencies: readonly NamedAgency[];
  /** Of all flows of these months, whatever was chosen. */
  readonly categories: readonly string[];
}

const ROLES: Readonly<Record<string, string>> = {
  connexions: 'Connexions services',
  provider: 'Training providers',
  school: 'Schools',
  college: 'Colleges',
  yot: 'Youth offending teams',
  jobcentre: 'Jobcentres',
  funder: 'Funders',
  'local-authority': 'Local authorities',
  ebp: 'Education business partnerships',
  employer: 'Employers',
  'social-services': 'Social services',
  'learning-partnership': 'Learning partnerships',
  custody: 'Custodial institutions',
  'self-service': 'Learners on their own page',
  'operator:learner': 'Learners themselves',
  'operator:data-manager': 'The data manager',
  'operator:dpo-partnership': 'The partnership’s officer',
  'operator:dpo-of': 'Agencies’ officers',
  'operator:operator': 'The operator',
};

/** Where the code alone would not read as words. */
const CATEGORIES: Readonly<Record<string, string>> = {
  apir: 'APIR assessments',
  assessment: 'assessments',
  'circumstance-special': 'sensitive circumstances',
  circumstance: 'circumstances',
  'risk-of-failing': 'risks of failing',
  'risk-of-reoffending': 'risks of reoffending',
  rights: 'questions and complaints',
};

export const words = (code: string): string => CATEGORIES[code] ?? code.replaceAll('-', ' ');
const begun = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
export const roleWords = (role: string): string => ROLES[role] ?? begun(words(role.replace('operator:', '')));

export const basisKind = ({ basis, reliesOnConsent }: Pick<FlowFigure, 'basis' | 'reliesOnConsent'>): Flow['basis'] => {
  if (reliesOnConsent) return 'consent';
  if (basis.startsWith('6(1)(d)')) return 'safeguarding';
  if (basis.startsWith('6(1)(c)')) return 'legal-obligation';
  return basis.startsWith('6(1)(e)') ? 'public-task' : 'other';
};

interface NamedParty {
  readonly name: string;
  readonly role: string;
}

const partyOf = (agencies: readonly NamedAgency[], who: string, nameOf: NameOf): NamedParty => {
  const agency = agencies.find((one) => one.agency === who);
  if (agency) return { name: agency.name, role: roleWords(agency.roles[0] ?? '') };
  if (who.startsWith('operator:dpo-of:'))
    return { name: `Officer of ${nameOf(who.slice('operator:dpo-of:'.length))}`, role: roleWords('operator:dpo-of') };
  return { name: roleWords(who), role: roleWords(who) };
};

const OTHERS: NamedParty = { name: 'Other agencies', role: 'Other agencies' };

/** Each leads to the flows of its kind in the same months. */
export const usedFlows = (
  { from, to, flows, agencies }: Pick<Flows, 'from' | 'to' | 'flows' | 'agencies'>,
  nameOf: NameOf = nameInWords,
): readonly Flow[] =>
  flows.map((flow) => {
    const source = flow.source === undefined ? OTHERS : partyOf(agencies, flow.source, nameOf);
    const recipient = partyOf(agencies, flow.recipient, nameOf);
    return {
      ...{ source: source.name, sourceRole: source.role, recipient: recipient.name, recipientRole: recipient.role },
      ...{ category: words(flow.category), basis: basisKind(flow), count: flow.count },
      href: `/dpo/flows?${new URLSearchParams({ from, to, category: flow.category }).toString()}`,
    };
  });

/** Of roles, since nobody in particular gave anything; those that read alike once. */
export const hollowFlows = (told: Pick<Flows, 'from' | 'to' | 'unused'>): readonly Flow[] => [
  ...new Map(everyHollow(told).map((flow) => [JSON.stringify(flow), flow])).values(),
];

const everyHollow = ({ from, to, unused }: Pick<Flows, 'from' | 'to' | 'unused'>): readonly Flow[] =>
  unused.flatMap((flow) => {
    const sources = flow.from === 'any' ? ['Any agency'] : flow.from.map(roleWords);
    const recipient = roleWords(flow.to);
    return sources.map((source) => ({
      ...{ source, sourceRole: source, recipient, recipientRole: recipient },
      ...{ category: words(flow.category), basis: basisKind(flow), count: 0 as const },
      href: `/dpo/flows?${new URLSearchParams({ from, to, category: flow.category, show: 'unused' }).toString()}`,
    }));
  });
