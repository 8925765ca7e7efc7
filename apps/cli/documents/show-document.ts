// Any document about a learner, on the command line: its description says what there is to ask and to show (ADR 0038).
import { allDocuments, besideParts, type Content, documentCsv, documentLines, type LearnerDocument } from '#read-models';
import { misuse } from '../complaint.ts';
import type { Context } from '../context.ts';
import { clientOf, filterIn, type ListOptions } from '../lists/show-list.ts';

type Told = Content & { readonly learner: string; readonly localId?: string; readonly via: readonly { readonly clause: string }[] };

export const showDocument = async (context: Context, name: string, ref: string | undefined, options: ListOptions): Promise<void> => {
  const document = documentNamed(name);
  if (ref === undefined) throw misuse('Say whom it is about: uln:…, local:… or the pseudonym that your agency was given.');
  show(context, document, await asked(context, document, ref, options), options);
};

export const showDocuments = ({ terminal }: Context): void =>
  terminal.table(
    ['document', 'purposes', 'filters', 'shows'],
    allDocuments.map(({ name, purposes, filters, says }) => [name, purposes.join(', '), Object.keys(filters).join(', '), says]),
    'There are none.',
  );

const documentNamed = (name: string): LearnerDocument => {
  const found = allDocuments.find((document) => document.name === name);
  if (found) return found;
  throw misuse(`There is no document of that name. There are: ${allDocuments.map((document) => document.name).join(', ')}.`);
};

/** By the agency's own pseudonym: no identifier stands in a URL. */
const asked = async (context: Context, { path, purposes: usual }: LearnerDocument, ref: string, options: ListOptions): Promise<Told> => {
  const { purpose, on, where } = options;
  const client = await clientOf(context, options);
  const query = { purposes: purpose?.split(',').map((one) => one.trim()) ?? usual };
  const learner = ref.startsWith('psn:') ? ref : await client.lookUp(ref, query);
  const search = new URLSearchParams([...where.map(filterIn), ...(on === undefined ? [] : [['on', on] as const])].map(([...pair]) => pair));
  const parameters = search.size === 0 ? '' : `?${search.toString()}`;
  return (await client.query(`/v1/learners/${encodeURIComponent(learner)}/${path}${parameters}`, query)) as Told;
};

const show = ({ terminal }: Context, document: LearnerDocument, told: Told, { csv, json }: ListOptions): void => {
  if (json) return terminal.json(told);
  if (csv) return terminal.lines(csvOf(document, told).trimEnd().split('\r\n'));
  const { fields } = document;
  const lines = [besideParts(fields, told), ...documentLines(fields, told)];
  const entries = lines.flatMap(({ part, cells }) => {
    const shown = [...cells].filter(([, cell]) => cell !== '').map(([column, cell]) => `${column} ${cell}`);
    return shown.length === 0 ? [] : [[part, shown.join(' · ')]];
  });
  terminal.table(['part', 'says'], entries, 'Nothing of it is there for you.');
};

const csvOf = ({ noCsv, fields }: LearnerDocument, { learner, localId, via, ...content }: Told): string => {
  if (noCsv !== undefined) throw misuse(noCsv);
  return documentCsv(fields, { learner, localId, content, clauses: via.map(({ clause }) => clause) });
};
