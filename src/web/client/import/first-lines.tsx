import type { Reading } from '../../api.ts';
import { useWords } from '../words/index.ts';

type Table = NonNullable<Reading['table']>;

/** More columns than these say nothing more about how a file is read, and thousands would stop the page. */
const shownColumns = 40;
const shownLines = 20;

/** The first lines of a table as they will be read; what stands above the header is grey and not dropped unseen. */
export function FirstLines({ table }: { readonly table: Table }) {
  const words = useWords();
  const columns = table.columns.slice(0, shownColumns);
  const hidden = table.columns.length - columns.length;
  return (
    <div class="stack">
      <h2 id="first-lines">{words.reading.firstLines}</h2>
      <div class="card flush scroll" tabIndex={0} role="region" aria-labelledby="first-lines">
        <table class="lines">
          <tbody>
            {table.lines.slice(0, shownLines).map(({ line, role, cells }) => (
              <tr key={line} class={`line-${role}`}>
                <th scope="row">
                  {line}
                  {role === 'row' ? null : <span class="role">{words.reading.roles[role]}</span>}
                </th>
                {role === 'preamble' ? (
                  <td colSpan={Math.max(1, columns.length)}>{cells.filter(Boolean).join(' · ')}</td>
                ) : (
                  columns.map((column, place) =>
                    role === 'header' ? (
                      <th key={`${place} ${column}`} scope="col">
                        {column === '' ? words.reading.nameless(place + 1) : column}
                      </th>
                    ) : (
                      <td key={`${place} ${column}`}>{cells[place] ?? ''}</td>
                    ),
                  )
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 ? <p class="soft">{words.reading.hiddenColumns(hidden)}</p> : null}
    </div>
  );
}
