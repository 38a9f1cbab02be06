import type { Content, Markup } from './markup.ts';
import { html } from './markup.ts';

export interface Heading {
  readonly title: string;
  readonly align?: 'right';
  /** A class of its cells. */
  readonly class?: string;
}

export interface TableParts {
  readonly caption: Content;
  readonly headings: readonly Heading[];
  /** The first cell of each row names the row. */
  readonly rows: readonly (readonly Content[])[];
  /** A line over the headings that groups them. */
  readonly groups?: readonly { readonly title: string; readonly span: number }[];
  readonly class?: string;
}

const classOf = ({ align, class: name }: Heading) =>
  [align === 'right' ? 'number' : '', name ?? ''].filter(Boolean).join(' ');

function groupRow(groups: TableParts['groups']): Markup | null {
  if (groups === undefined) return null;
  return html`<tr class="groups">
    ${groups.map(({ title, span }) =>
      title === ''
        ? html`<td colspan="${span}"></td>`
        : html`<th colspan="${span}" scope="colgroup">${title}</th>`,
    )}
  </tr>`;
}

/** A table with its caption, its headings repeated on each printed page. */
export function table({ caption, headings, rows, groups, class: name }: TableParts): Markup {
  return html`<table class="${name ?? ''}">
    <caption>
      ${caption}
    </caption>
    <thead>
      ${groupRow(groups)}
      <tr>
        ${headings.map((heading) => html`<th scope="col" class="${classOf(heading)}">${heading.title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((content, index) => {
              const heading = headings[index];
              const cellClass = heading === undefined ? '' : classOf(heading);
              return index === 0
                ? html`<th scope="row" class="${cellClass}">${content}</th>`
                : html`<td class="${cellClass}">${content}</td>`;
            })}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Items of one list that a page shows. */
export const listLimit = 1000;

/** What a list leaves out, and how to get it; nothing when it shows all. */
export function rest(shown: number, total: number, run: string): Markup | null {
  if (total <= shown) return null;
  return html`<p class="rest">
    ${(total - shown).toLocaleString('en-GB')} more are not shown here. All of them:
    <code>tesoro-migrate report ${run} --format csv -o report.csv</code>
  </p>`;
}
