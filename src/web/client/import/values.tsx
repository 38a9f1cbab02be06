import { useState } from 'preact/hooks';
import type { ColumnValues, Edit } from '../../api.ts';
import { api } from '../api/index.ts';
import { Choice } from '../parts/choice.tsx';
import { Empty } from '../parts/empty.tsx';
import { Foot } from '../parts/foot.tsx';
import { Link } from '../parts/link.tsx';
import { RefusalNotice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAction } from '../state/action.ts';
import { announce } from '../state/announcement.ts';
import { useLoaded } from '../state/loaded.ts';
import { fieldTitle, useWords, valueLabel } from '../words/index.ts';
import type { Working } from './working.ts';

/** The fourth step: what the values of the file mean where the CRM has a list, and which users they name. */
export function ValuesStep(working: Working) {
  const { imported, put, mayChange } = working;
  const words = useWords();
  const { id } = imported;
  const values = useLoaded(`values ${id} ${imported.version}`, (signal) => api.values(id, signal));
  const edit = useAction(async (made: Edit) => {
    const answer = await api.edit(id, made, imported.version);
    put(answer.import);
    announce(words.columnsStep.saved);
  });
  const columns = values.value?.columns ?? [];
  const open = columns.reduce((sum, column) => sum + column.unmatched, 0);
  return (
    <Page title={words.valuesStep.title} lead={words.valuesStep.lead}>
      <RefusalNotice refusal={edit.refusal} onRetry={working.reload} />
      <Waiting on={values} lines={8}>
        {() =>
          columns.length === 0 ? (
            <Empty icon="check" title={words.valuesStep.none}>
              <p>{words.valuesStep.noneAbout}</p>
            </Empty>
          ) : (
            <>
              <p class="sentence">{words.valuesStep.sentence(open)}</p>
              {columns.map((column) => (
                <ValuesOfColumn
                  key={column.column}
                  column={column}
                  disabled={!mayChange || edit.busy}
                  onEdit={edit.run}
                />
              ))}
            </>
          )
        }
      </Waiting>
      <Foot said={words.nothingSaved}>
        <Link to={`/imports/${id}/columns`} class="button plain">
          {words.back}
        </Link>
        {values.value === undefined ? null : (
          <Link to={`/imports/${id}/preview`} class="button main">
            {words.valuesStep.go}
          </Link>
        )}
      </Foot>
    </Page>
  );
}

const unmatched = '';
const firstShown = 12;

function ValuesOfColumn({
  column,
  disabled,
  onEdit,
}: {
  readonly column: ColumnValues;
  readonly disabled: boolean;
  readonly onEdit: (edit: Edit) => void;
}) {
  const words = useWords();
  const [all, setAll] = useState(false);
  const open = column.values.filter(({ to }) => to === null);
  const known = column.values.filter(({ to }) => to !== null);
  const sorted = [...open, ...known];
  const shown = all ? sorted : sorted.slice(0, Math.max(firstShown, open.length));
  const options = [
    {
      value: unmatched,
      label: column.kind === 'user' ? words.valuesStep.stayUser : words.valuesStep.stay,
    },
    ...column.options.map(({ value, label }) => ({
      value,
      label: column.kind === 'user' ? label : valueLabel(words, value, label),
      note: column.kind === 'user' && label !== value ? value : undefined,
    })),
  ];
  return (
    <section class="card stack" aria-labelledby={`values-${column.column}`}>
      <div class="row apart">
        <h2 id={`values-${column.column}`}>
          {column.column}{' '}
          <span class="soft">
            → {fieldTitle(words, { name: column.field, title: column.title })}
          </span>
        </h2>
        {column.unmatched === 0 ? (
          <span class="sure high">
            {words.valuesStep.allKnown(column.values.length + column.more)}
          </span>
        ) : (
          <span class="sure low">{words.valuesStep.open(column.unmatched)}</span>
        )}
      </div>
      {column.several ? <p class="soft">{words.valuesStep.several}</p> : null}
      <table class="list values">
        <thead>
          <tr>
            <th scope="col">{words.valuesStep.inFile}</th>
            <th scope="col" class="right">
              {words.valuesStep.rows}
            </th>
            <th scope="col">{words.valuesStep.becomes}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ value, count, to, by }) => (
            <tr key={value} class={to === null ? 'open' : undefined}>
              <td data-label={words.valuesStep.inFile}>
                <span class="value">{value}</span>
              </td>
              <td data-label={words.valuesStep.rows} class="right numbers">
                {words.n(count)}
              </td>
              <td data-label={words.valuesStep.becomes}>
                <Choice
                  label={words.valuesStep.means(value)}
                  options={options}
                  value={to ?? unmatched}
                  disabled={disabled}
                  onChoose={(chosen) => {
                    onEdit({
                      kind: 'value',
                      column: column.column,
                      value,
                      to: chosen === unmatched ? null : chosen,
                    });
                  }}
                />
                {by === 'person' ? <span class="soft"> {words.columnsStep.byPerson}</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > shown.length ? (
        <button
          type="button"
          class="button plain"
          onClick={() => {
            setAll(true);
          }}
        >
          {words.valuesStep.showAll(sorted.length)}
        </button>
      ) : null}
      {column.more > 0 ? <p class="soft">{words.valuesStep.more(column.more)}</p> : null}
    </section>
  );
}
