// What every picture is: a drawing whose title says the finding, and the same numbers as a table, which is the form for whoever cannot see
// the drawing or has a narrow screen (console.md, 6).
import { element, escaped } from './svg.ts';

export type Cell = string | number;

export interface Column {
  readonly name: string;
  /** Set to the right. */
  readonly isNumber?: boolean;
}

export interface PictureTable {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Of each row where its mark leads, if anywhere: on a narrow screen, where no drawing is shown, its first cell leads there. */
  readonly links?: readonly (RowLink | undefined)[];
}

export interface RowLink {
  readonly href: string;
  /** What the first cell alone does not say of where it leads. */
  readonly says?: string;
}

export interface Picture {
  /** The finding, in a sentence. */
  readonly title: string;
  readonly description: string;
  readonly svg: string;
  /** What the drawing shows. A mark names the row that it draws by `data-row`, as `0` or, in a later table, `1.0`. */
  readonly tables: readonly PictureTable[];
}

interface Drawing {
  /** Of the drawing in its page: letters, digits and hyphens. What else has an id within begins with it. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Its marks are links: then it is a group whose links are read one by one, else one image. */
  readonly hasLinks?: boolean;
  readonly marks: readonly string[];
}

export const pictureOf = (words: Pick<Picture, 'title' | 'description' | 'tables'>, drawing: Drawing): Picture => {
  const { id, width, height, marks, hasLinks = false } = drawing;
  const names = { title: `${id}-title`, description: `${id}-description` };
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      id,
      class: 'picture',
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      role: hasLinks ? 'group' : 'img',
      'aria-labelledby': names.title,
      'aria-describedby': names.description,
    },
    element('title', { id: names.title }, escaped(words.title)),
    element('desc', { id: names.description }, escaped(words.description)),
    ...marks,
  );
  return { ...words, svg };
};

/** The drawing with its finding above and its tables below, as a page shows it. */
export const figureOf = ({ title, svg, tables }: Picture): string =>
  element(
    'figure',
    { class: 'picture-figure' },
    element('figcaption', { class: 'govuk-heading-m' }, escaped(title)),
    element('div', { class: 'picture-frame' }, svg),
    ...tables.map(tableOf),
  );

/** `content` is markup. */
const headed = (scope: 'col' | 'row', content: string, isNumber: boolean): string =>
  element('th', { scope, class: `govuk-table__header${isNumber ? ' govuk-table__header--numeric' : ''}` }, content);

const tableOf = ({ caption, columns, rows, links = [] }: PictureTable): string =>
  element(
    'div',
    { class: 'picture-table', tabindex: 0, role: 'region', 'aria-label': caption },
    element(
      'table',
      { class: 'govuk-table' },
      element('caption', { class: 'govuk-table__caption govuk-table__caption--s' }, escaped(caption)),
      element(
        'thead',
        { class: 'govuk-table__head' },
        inRow(...columns.map(({ name, isNumber }) => headed('col', escaped(name), isNumber === true))),
      ),
      element(
        'tbody',
        { class: 'govuk-table__body' },
        ...rows.map((row, place) =>
          inRow(...row.map((cell, at) => cellOf(cell, columns[at], at === 0 ? { link: links[place] } : undefined))),
        ),
      ),
    ),
  );

const inRow = (...cells: readonly string[]): string => element('tr', { class: 'govuk-table__row' }, ...cells);

/** Where the drawing is shown its marks are the links, and these are not: nobody is to walk through them twice. */
const leading = (text: string, { href, says = '' }: RowLink): string => {
  const rest = says === '' ? [] : [element('span', { class: 'govuk-visually-hidden' }, escaped(` ${says}`))];
  return (
    element('a', { href, class: 'govuk-link picture-when-narrow' }, escaped(text), ...rest) +
    element('span', { class: 'picture-when-wide' }, escaped(text))
  );
};

/** `first`: of a row, and heads it. */
const cellOf = (cell: Cell, column: Column | undefined, first?: { readonly link: RowLink | undefined }): string => {
  const isNumber = column?.isNumber === true;
  const text = String(cell);
  if (first !== undefined) return headed('row', first.link === undefined ? escaped(text) : leading(text, first.link), isNumber);
  return element('td', { class: `govuk-table__cell${isNumber ? ' govuk-table__cell--numeric' : ''}` }, escaped(text));
};
