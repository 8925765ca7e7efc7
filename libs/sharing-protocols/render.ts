// A protocol as the agreement that people read and sign: Markdown under the headings of the ICO data-sharing code and of WASPI.
import type { AgencySlug, IsoDate } from '#kernel';
import { digestOf } from './register-signatures.ts';
import type { Agreement, Duty, Flow, Override, ProtocolDocument } from './language.ts';
import { HEADINGS } from './lint-agreement.ts';
import {
  basisInWords,
  cell,
  durationInWords,
  formInWords,
  orNone,
  rolesInWords,
  shareInWords,
  tableOf,
  termInWords,
  toInWords,
  whenInWords,
} from './render-words.ts';

export interface Signatory {
  readonly agency: AgencySlug;
  /** As people know it. */
  readonly name?: string;
  /** Thumbprint of the key with which it signed. */
  readonly kid: string;
  /** Until when it re-affirmed the text; absent: until the review. */
  readonly boundUntil?: IsoDate;
}

const section = (heading: string, ...blocks: readonly string[]): string => [`## ${heading}`, ...blocks].join('\n\n');

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

const CONSENT = { required: 'Required', explicit: 'Explicit' } as const;

const clauseRow = (flow: Flow): readonly string[] => [
  flow.id,
  flow.says,
  flow.share.map(shareInWords).join('; '),
  rolesInWords(flow.from),
  flow.to.map(toInWords).join('; '),
  flow.for.join(', '),
  basisInWords(flow.basis),
  flow.consent === undefined ? 'None' : CONSENT[flow.consent],
  `${formInWords(flow.level, flow.fields, flow.delivery, flow.suppressBelow)}${flow.unconfirmed === true ? '; also unconfirmed' : ''}`,
  durationInWords(flow.retention),
];

const clauses = ({ flows }: ProtocolDocument): string =>
  orNone(
    flows.length === 0
      ? ''
      : tableOf(['Clause', 'Says', 'Data', 'From', 'To', 'For', 'Basis', 'Consent', 'Form', 'Kept for'], flows.map(clauseRow)),
  );

const purposes = ({ purposes: some }: ProtocolDocument): string =>
  tableOf(
    ['Purpose', 'In English', 'Yn Gymraeg', 'Term'],
    some.map(({ id, sentence, dpv }) => [id, sentence.en, sentence.cy, dpv]),
  );

const contributions = ({ contributions: some }: ProtocolDocument): string =>
  some.length === 0
    ? 'None.'
    : tableOf(
        ['Events', 'May be sent by'],
        some.map(({ types, roles, when, namedIn }) => [
          `${types.join(', ')}${whenInWords(when)}`,
          `${rolesInWords(roles)}${namedIn === undefined ? '' : ` named in “${namedIn}”`}`,
        ]),
      );

const prohibitions = ({ prohibitions: some }: ProtocolDocument): string =>
  orNone(
    list(
      some.map(
        ({ id, says, share, from, to, aggregates }) =>
          `**${id}**: ${cell(says)} (${cell(share.map(shareInWords).join('; '))}, from ${rolesInWords(from)}; binds ${to.join(', ')}` +
          `${aggregates === true ? ', and every other aggregate' : ''})`,
      ),
    ),
  );

const dutyRow = (duty: Duty): readonly string[] => [
  duty.id,
  duty.says,
  duty.who.join(', '),
  ...termInWords(duty),
  `${duty.dischargedBy.join(' or ')}${whenInWords(duty.dischargedWhen)}`,
];

const duties = ({ duties: some }: ProtocolDocument): string =>
  some.length === 0 ? 'None.' : tableOf(['Duty', 'Says', 'Who', 'When', 'After', 'Discharged by'], some.map(dutyRow));

const override = (rules: Override | undefined): string =>
  rules === undefined
    ? 'Nobody may set these rules aside.'
    : [
        `${rules.who.join(', ')} may, for ${durationInWords(rules.lasts)}, where:`,
        list(rules.grounds.map(cell)),
        `${rules.told.join(', ')} are told at once, and each use is reviewed within ${durationInWords(rules.reviewedWithin)}.`,
      ].join('\n\n');

const parties = ({ parties: some }: ProtocolDocument): string =>
  tableOf(
    ['Role', 'Filled by', 'Must sign'],
    some.map(({ role, agencies, districts, mustSign }) => [
      role,
      [agencies?.join(', ') ?? 'any agency of the role', ...(districts === undefined ? [] : [`in ${districts.join(', ')}`])].join(' '),
      mustSign ? 'Yes' : 'No',
    ]),
  );

const signatories = (some: readonly Signatory[]): string =>
  some.length === 0
    ? 'Nobody has signed yet.'
    : tableOf(
        ['Agency', 'Name', 'Signed with key', 'Bound until'],
        some.map(({ agency, name, kid, boundUntil }) => [agency, name ?? '', kid, boundUntil ?? 'the review']),
      );

const dates = ({ inForce, review }: ProtocolDocument): string =>
  list([
    `In force from ${inForce.from}${inForce.until === undefined ? '' : ` until ${inForce.until}`}, once all who must have signed`,
    `Review due ${review.due}; all sharing stops ${review.graceDays} days after that`,
  ]);

const agreementText = ({ agreement }: ProtocolDocument, headings: readonly (keyof Agreement)[]): readonly string[] =>
  headings.map((heading) => section(HEADINGS[heading], cell(agreement[heading])));

/** The agreement in Markdown; the digest in it is what the signatories signed. */
export const renderAgreement = (document: ProtocolDocument, signed: readonly Signatory[] = []): string =>
  [
    `# ${cell(document.title)}`,
    `Sharing protocol ${document.id}, version ${document.version} (\`${digestOf(document)}\`)`,
    cell(document.why),
    dates(document),
    ...agreementText(document, ['purpose']),
    section('Purposes, as the learner reads them', purposes(document)),
    ...agreementText(document, ['organisations']),
    section('Parties', parties(document)),
    ...agreementText(document, ['jointControllers', 'dataItems']),
    section('What is shared', clauses(document)),
    section('What is never shared', prohibitions(document)),
    section('Who may send what', contributions(document)),
    ...agreementText(document, ['lawfulBasis']),
    section('Legal powers', list(document.powers.map(cell))),
    ...agreementText(document, ['specialCategory', 'criminalOffence', 'accessAndRights']),
    section('Contact for rights', cell(document.rightsContact)),
    section('Duties', duties(document)),
    section('Breaking the glass', override(document.override)),
    ...agreementText(document, ['accuracy', 'retention', 'security', 'breach', 'review', 'termination', 'further']),
    section('Signatories', signatories(signed)),
  ].join('\n\n') + '\n';
