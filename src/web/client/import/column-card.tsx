import { useId } from 'preact/hooks';
import type { Column, ColumnForm, Edit, Field } from '../../api.ts';
import { Choice, type Option } from '../parts/choice.tsx';
import { Icon } from '../parts/icon.tsx';
import { reasonIn } from '../words/reasons.ts';
import { useWords, type Words } from '../words/index.ts';

interface ColumnCardProps {
  readonly column: Column;
  readonly fields: readonly Field[];
  readonly titles: ReadonlyMap<string, string>;
  readonly disabled: boolean;
  readonly onEdit: (edit: Edit) => void;
}

/** Values of the select that are no fields. */
const kept = '(kept)';
const refused = '(refused)';

/** A column of the file: what it holds, what it becomes, how sure that is and why. */
export function ColumnCard({ column, fields, titles, disabled, onEdit }: ColumnCardProps) {
  const words = useWords();
  const id = useId();
  const chosen =
    column.use === 'field' ? (column.field ?? kept) : column.use === 'kept' ? kept : refused;
  return (
    <li class={`card column use-${column.use}`}>
      <div class="column-source">
        <h2>{column.name}</h2>
        <Samples column={column} />
      </div>
      <Icon name="right" />
      <div class="column-target">
        <Choice
          label={words.columnsStep.becomes(column.name)}
          options={optionsOf(column, fields, titles, words)}
          value={chosen}
          disabled={disabled}
          describedBy={`${id}-why`}
          onChoose={(value) => {
            onEdit({
              kind: 'column',
              column: column.name,
              field: value === kept || value === refused ? null : value,
              refuse: value === refused,
            });
          }}
        />
        <div id={`${id}-why`} class="why">
          <Why column={column} titles={titles} disabled={disabled} onEdit={onEdit} />
        </div>
        {column.form === null ? null : (
          <Form column={column} form={column.form} disabled={disabled} onEdit={onEdit} />
        )}
      </div>
    </li>
  );
}

function Samples({ column: { rows, filled, samples } }: { readonly column: Column }) {
  const words = useWords();
  if (filled === 0) return <p class="soft">{words.columnsStep.empty}</p>;
  const shown = new Set(samples.frequent.map(({ value }) => value));
  const further = [
    { about: words.columnsStep.longest, value: samples.longest },
    { about: words.columnsStep.oddest, value: samples.oddest },
  ].filter(({ value }) => {
    if (value === null || shown.has(value)) return false;
    shown.add(value);
    return true;
  });
  return (
    <>
      <p class="soft fill">
        <meter
          min={0}
          max={Math.max(1, rows)}
          value={filled}
          aria-label={words.columnsStep.filledLabel}
        />
        {words.columnsStep.filled(filled, rows)}
      </p>
      <ul class="samples">
        {samples.frequent.slice(0, 3).map(({ value, count }) => (
          <li key={value}>
            <span class="value">{short(value)}</span>
            {count > 1 ? <span class="soft numbers"> ×{words.n(count)}</span> : null}
          </li>
        ))}
        {further.map(({ about, value }) => (
          <li key={about}>
            <span class="value">{short(value ?? '')}</span> <span class="soft">{about}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A value is recognised by its beginning; a whole page of it would hide the others. */
const short = (value: string) => (value.length > 60 ? `${value.slice(0, 58)}…` : value);

function Why({ column, titles, disabled, onEdit }: Omit<ColumnCardProps, 'fields'>) {
  const words = useWords();
  const { proposal, by, use, unmatched } = column;
  if (by === 'person') return <span class="sure high">{words.columnsStep.byPerson}</span>;
  if (by === 'profile') return <span class="sure high">{words.columnsStep.byProfile}</span>;
  if (by === 'system') return <span class="sure high">{words.columnsStep.bySystem}</span>;
  if (use === 'field' && proposal !== null)
    return (
      <>
        <span class={`sure ${proposal.level}`}>
          {words.columnsStep.levels[proposal.level]}{' '}
          <span class="numbers">{words.percent(proposal.confidence)}</span>
        </span>{' '}
        <span class="soft">{reasonIn(words.language, proposal.reason)}</span>
      </>
    );
  if (use === 'kept' && proposal !== null)
    return (
      <>
        <span class={`sure ${proposal.level}`}>
          {words.columnsStep.levels[proposal.level]}{' '}
          <span class="numbers">{words.percent(proposal.confidence)}</span>
        </span>{' '}
        <button
          type="button"
          class="chip"
          disabled={disabled}
          onClick={() => {
            onEdit({ kind: 'column', column: column.name, field: proposal.field });
          }}
        >
          {words.columnsStep.use(titles.get(proposal.field) ?? proposal.title)}
        </button>{' '}
        <span class="soft">{reasonIn(words.language, proposal.reason)}</span>
      </>
    );
  return (
    <span class="soft">
      {use === 'refused' ? words.columnsStep.refusedAbout : words.columnsStep.keptAbout}
      {unmatched === null ? '' : ` ${capitalised(reasonIn(words.language, unmatched))}.`}
    </span>
  );
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function optionsOf(
  { proposal, alternatives, use, field }: Column,
  fields: readonly Field[],
  titles: ReadonlyMap<string, string>,
  words: Words,
): readonly Option[] {
  const suggested = [proposal, ...alternatives].filter((one) => one !== null);
  const names = new Set(suggested.map((one) => one.field));
  const known = fields.filter((one) => !names.has(one.name));
  const hasOwn = use !== 'field' || field === null || names.has(field);
  const own = hasOwn || known.some((one) => one.name === field) ? [] : [field];
  return [
    ...suggested.map((one) => ({
      value: one.field,
      label: titles.get(one.field) ?? one.title,
      note: words.percent(one.confidence),
      group: words.columnsStep.groups.suggested,
    })),
    { value: kept, label: words.columnsStep.keep, group: words.columnsStep.groups.without },
    { value: refused, label: words.columnsStep.refuse, group: words.columnsStep.groups.without },
    ...[...own, ...known.map((one) => one.name)].map((name) => ({
      value: name,
      label: titles.get(name) ?? name,
      note: name,
      group: words.columnsStep.groups.fields,
    })),
  ];
}

function Form({
  column,
  form,
  disabled,
  onEdit,
}: {
  readonly column: Column;
  readonly form: ColumnForm;
  readonly disabled: boolean;
  readonly onEdit: (edit: Edit) => void;
}) {
  const words = useWords();
  const id = useId();
  if (form.form !== 'undecided' && form.by !== 'person')
    return (
      <p class="soft">
        {words.columnsStep.forms[form.form]}
        {form.rows[0] === undefined
          ? ''
          : ` (${words.proof(form.rows[0].line, form.rows[0].value)})`}
      </p>
    );
  return (
    <fieldset class="form-question" disabled={disabled}>
      <legend>
        {form.form === 'undecided' ? <Icon name="warning" /> : null}
        {words.columnsStep.formQuestion[form.kind]}
      </legend>
      <ul class="samples">
        {form.rows.slice(0, 3).map((row) => (
          <li key={`${row.line ?? ''} ${row.value}`}>
            <span class="value">{row.value}</span>{' '}
            {row.line === null ? null : <span class="soft">{words.lineNo(row.line)}</span>}
          </li>
        ))}
      </ul>
      <div class="row">
        {form.choices.map((choice) => (
          <label key={choice} class="radio">
            <input
              type="radio"
              name={id}
              checked={form.form === choice}
              onChange={() => {
                if (choice !== 'ymd') onEdit({ kind: 'form', column: column.name, form: choice });
              }}
            />
            {words.columnsStep.forms[choice]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
