// What an agency is told in a few lines, whole and without a purpose: lists in all but pages (views.md, S16 and S23).

export interface Table {
  /** Also its path. */
  readonly name: string;
  readonly says: string;
  readonly filters: readonly string[];
  /** Those that a terminal has room for. */
  readonly columns: readonly string[];
}

export const TABLES: readonly Table[] = [
  {
    name: 'checklist',
    says: 'Who must do what by when, of what concerns no learner: the lines of the report, or with protocol= one agreement.',
    filters: ['protocol'],
    columns: ['question', 'protocol', 'state', 'due', 'agencies'],
  },
  {
    name: 'data-quality/completeness',
    says: "How complete the asking agency's own records are.",
    filters: ['agency'],
    columns: ['agency', 'measure', 'have', 'of'],
  },
];

export const tableNamed = (name: string): Table | undefined => TABLES.find((table) => table.name === name);
